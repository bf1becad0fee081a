"""The pack language: from the text of a pack to a `Definition`, or to all that is wrong with it.

Here lives how packs are written: notation, words, names, labels, soundness. What a definition does
when it runs lives in `tuoban.kernel.engine` and may not be known here.
"""

from tuoban.kernel.language.bases import Bases, PackText, identity
from tuoban.kernel.language.called import CalledPacks
from tuoban.kernel.language.compile import (
    Report,
    check_pack,
    check_published,
    compile_pack,
    compile_published,
)
from tuoban.kernel.language.problems import PackError, PackProblem
from tuoban.kernel.language.workspace import NO_PACKS, Packs

__all__ = [
    "NO_PACKS",
    "Bases",
    "CalledPacks",
    "PackError",
    "PackProblem",
    "PackText",
    "Packs",
    "Report",
    "check_pack",
    "check_published",
    "compile_pack",
    "compile_published",
    "identity",
]

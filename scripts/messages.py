"""Collects the translatable texts of the source into the Chinese catalogue.

New texts are added with an empty translation, texts no longer in the source are dropped.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "tuoban"
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

# Babel's own header carries dates, on which every two branches would conflict.
_HEADER = """\
# Chinese texts of the interface.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    ["gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"]
)

# The English wording: one string, or singular and plural.
Wording = str | tuple[str, ...] | list[str]


def texts_in_source() -> Iterator[tuple[str, str | None, Wording]]:
    """Yield where each text stands (``file:line``), its context if any, and its wording."""
    with (PACKAGE / "locale" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    for name, line, wording, _, context in extract_from_dir(
        PACKAGE, methods, options, keywords=_KEYWORDS
    ):
        yield f"{name}:{line}", context, wording


def chinese_catalogue() -> Catalog:
    """Read the catalogue; raises `babel.messages.pofile.PoFileError` if it is malformed."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def main() -> None:
    """Bring the catalogue up to date with the source."""
    source = Catalog()
    for _, context, wording in texts_in_source():
        source.add(wording, context=context)
    catalogue = chinese_catalogue()
    catalogue.update(source, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(
        body, catalogue, width=100, omit_header=True, no_location=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    CATALOGUE.write_bytes(_HEADER.encode() + body.getvalue())


if __name__ == "__main__":
    main()

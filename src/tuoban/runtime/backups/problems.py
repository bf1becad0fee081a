"""Why a backup cannot be made or restored."""

from __future__ import annotations

from tuoban.kernel.text import Text


class BackupError(Exception):
    """Nothing was made, or nothing restored; `words` say why, and what to do."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words

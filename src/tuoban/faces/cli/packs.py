"""Packs on disk: from what somebody typed to a folder, and from a folder to its texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from tuoban.kernel.language import Bases
from tuoban.runtime.cases.folders import PACK_FILE, PRODUCT, around, translations_file

PACKS = PRODUCT
SCENARIOS_FILE = "scenarios.yaml"
README_FILE = "README.md"

_SLUG = re.compile(r"^pack: *", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The texts of one pack. `path` is how its pack file is called in messages."""

    slug: str
    path: Path
    text: str
    translations: str | None
    scenarios: str = ""
    """The text beside it, None where there is none."""

    def bases(self, others: Iterable[Path] = ()) -> Bases:
        """The packs that it may extend: around it, in `others`, and the product's own."""
        return around(self.path.parent, *others)

    def missing(self) -> list[str]:
        """The files that belong beside the pack file and are not there."""
        beside = (README_FILE, translations_file(self.text), SCENARIOS_FILE)
        return [name for name in beside if not self.path.with_name(name).is_file()]

    @property
    def place_of_slug(self) -> str:
        """Where the pack says its slug, as messages begin."""
        found = _SLUG.search(self.text)
        line = self.text.count("\n", 0, found.start()) + 1 if found else 1
        column = found.end() - found.start() + 1 if found else 1
        return f"{self.path}:{line}:{column}"

    def misnamed(self, slug: str) -> tuple[str, str] | None:
        """Why the pack that calls itself `slug` cannot stand in this folder, zh and en."""
        if slug == self.slug:
            return None
        return (
            f"流程包自称 {slug}，文件夹却叫 {self.slug}，请改成一样",
            f"the pack calls itself {slug}, and its folder {self.slug}: give them one name",
        )


in_folders = click.option(
    "--bases",
    "folders",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="A folder with packs that may be extended, each in a folder SLUG or SLUG@VERSION.",
)
"""The option of commands that read packs."""


def every_slug() -> list[str]:
    """The slugs of the packs that come with the product."""
    return sorted(path.parent.name for path in PACKS.glob(f"*/{PACK_FILE}"))


def read_pack(name: str) -> PackFiles:
    """Read the pack called by its slug, its folder or its pack file.

    Raises:
        click.ClickException: there is no such pack, or it is not UTF-8 text.
    """
    path = find_pack(name)
    try:
        text = path.read_text(encoding="utf-8")
        translations = _beside(path, translations_file(text))
        scenarios = _beside(path, SCENARIOS_FILE) or ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(
            f"读不了 {path}，流程包须为 UTF-8 文本 / cannot read {path} as UTF-8 text: {error}"
        ) from None
    return PackFiles(path.resolve().parent.name, path, text, translations, scenarios)


def _beside(path: Path, name: str) -> str | None:
    beside = path.with_name(name)
    return beside.read_text(encoding="utf-8") if beside.is_file() else None


def find_pack(name: str) -> Path:
    """The pack file of the pack called by its slug, its folder or its pack file.

    Raises:
        click.ClickException: there is no such pack; the text lists the product's own.
    """
    for path in (Path(name), Path(name) / PACK_FILE, PACKS / name / PACK_FILE):
        if path.name == PACK_FILE and path.is_file():
            return path
    known = ", ".join(every_slug())
    raise click.ClickException(
        f"没有流程包“{name}”；自带的有：{known}；也可写文件夹或 pack.yaml 的路径 / "
        f"there is no pack {name!r}; the product's own are: {known}; "
        "or give the path of a folder or a pack.yaml"
    )

"""What is written as BPMN comes back as the same pack."""

from __future__ import annotations

from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.engine.families.case import CATALOGUE as FULL
from tests.kernel.engine.families.writing import FULL_SHAPES, FullWriter
from tests.kernel.engine.playing import HEADER
from tests.kernel.engine.shapes import SHAPES, Shape, Writer
from tuoban.faces.cli.packs import every_slug, read_pack
from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.bpmn import Imported, read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.showing import show
from tuoban.kernel.language.tree import Mapping
from tuoban.services.installed import CATALOGUE


def there_and_back(tree: Mapping, translations: str | None = None) -> Imported:
    """The pack that comes of the file of a pack; and that of its file in turn is the same."""
    file = write_bpmn(tree, translations=translations, scenarios="- scenario: x\n")
    imported = read_bpmn(file.encode())
    assert imported.warnings == ()
    again = check_pack(imported.text, catalogue=CATALOGUE, packs=None).tree
    assert again is not None
    assert write_bpmn(again, translations=translations, scenarios="- scenario: x\n") == file
    return imported


def tree_of(text: str, catalogue: Catalogue = NOTHING) -> Mapping:
    report = check_pack(text, catalogue=catalogue, packs=None)
    assert report.tree is not None
    return report.tree


@pytest.mark.parametrize("slug", every_slug())
def test_a_shipped_pack_comes_back_with_its_extras_and_the_files_beside_it(slug: str) -> None:
    pack = read_pack(slug)
    report = check_pack(pack.text, bases=pack.bases(), catalogue=CATALOGUE, packs=None)
    assert report.tree is not None

    imported = there_and_back(report.tree, pack.translations)

    assert imported.text == show(report.tree)
    assert imported.translations == pack.translations
    assert imported.scenarios == "- scenario: x\n"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SHAPES, st.integers(0, 20))
def test_any_process_comes_back(shapes: list[Shape], first: int) -> None:
    text, _, called = Writer(first).text(shapes).partition("\nprocesses:\n")
    section = f"\nprocesses:\n{called}\n" if called else "\n"
    tree = tree_of(HEADER + indent(text, "  ") + section)

    assert there_and_back(tree).text == show(tree)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(FULL_SHAPES, st.integers(0, 20))
def test_a_process_of_every_family_comes_back(shapes: list[Shape], first: int) -> None:
    tree = tree_of(FullWriter(first).pack(shapes), FULL)

    assert there_and_back(tree).text == show(tree)

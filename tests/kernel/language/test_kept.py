"""What the compiler keeps is what it would make again."""

from __future__ import annotations

from tests.kernel.language.support import process
from tests.kernel.language.test_variants import BASE, BASES, HEAD
from tuoban.kernel.activities import Catalogue
from tuoban.kernel.language import PackText, check_pack, compile_pack

LOOK = process("- {step: look, zh: 看, by: clerk}\n- {end: done, zh: 完成}")
REVIEW = LOOK.replace("pack: demo", "pack: loan-review")
CALLING = process("- call: loan-review\n- {end: done, zh: 完成}")
RENAMED = BASE.replace("zh: 签发", "zh: 盖章")


def test_the_same_pack_is_compiled_once() -> None:
    assert compile_pack(LOOK) is compile_pack(LOOK)


def test_another_language_and_another_catalogue_make_another_pack() -> None:
    known = compile_pack(LOOK)
    translated = compile_pack(LOOK, translations="看: Look\n")
    assert translated.nodes["look"].label.en == "Look"
    assert known.nodes["look"].label.en == "看"
    assert compile_pack(LOOK, catalogue=Catalogue()) is not known


def test_problems_name_the_file_that_was_asked_about() -> None:
    assert [check_pack(LOOK, file=name).untranslated[0].file for name in ("a", "b")] == ["a", "b"]


def test_a_variant_follows_the_base_that_is_handed_in() -> None:
    known = compile_pack(HEAD, bases=BASES)
    assert compile_pack(HEAD, bases=BASES) is known
    other = compile_pack(HEAD, bases={"permits@2026.1": PackText(RENAMED)})
    assert [each.nodes["sign"].label.zh for each in (known, other)] == ["签发", "盖章"]
    assert [each.code for each in check_pack(HEAD).problems] == ["unknown-base"]


def test_what_calls_another_pack_is_held_against_those_that_there_are() -> None:
    assert check_pack(CALLING, packs=None).problems == ()
    assert "unknown-process" in [each.code for each in check_pack(CALLING).problems]


def test_what_calls_another_pack_is_kept_as_long_as_that_is_the_same() -> None:
    called = compile_pack(REVIEW)
    known = check_pack(CALLING, packs={"loan-review": called})
    alone = check_pack(CALLING, packs=None)
    assert check_pack(CALLING, packs={"loan-review": called, "other": called}) is known
    assert check_pack(CALLING, packs=None) is alone
    assert alone is not known
    changed = compile_pack(REVIEW.replace("zh: 看", "zh: 看看"))
    assert check_pack(CALLING, packs={"loan-review": changed}) is not known
    assert "unknown-process" in [each.code for each in check_pack(CALLING).problems]


def test_what_was_kept_first_gives_way_and_is_made_again() -> None:
    known = compile_pack(LOOK)
    for number in range(100):
        compile_pack(LOOK.replace("看", f"看{number}"))
    again = compile_pack(LOOK)
    assert again is not known
    assert again.digest == known.digest

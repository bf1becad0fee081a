"""`tuoban check`, `rehearse` and `publish` on packs that somebody writes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.server import Installation
from tuoban.faces.cli.commands.check import check
from tuoban.faces.cli.packs import PACKS

PACK = """\
pack: counter
version: 2026.1
language: zh
title: 柜台
roles:
  clerk: 柜员
fields:
  note: {type: text, zh: 事由}
starts:
  - {request: ask, zh: 来访, by: [clerk], form: [note]}
process:
  - {step: serve, zh: 接待, by: clerk}
  - {end: done, zh: 办完}
"""
EN = "柜台: Counter\n柜员: Clerk\n事由: Matter\n来访: Visit\n接待: Serve\n办完: Done\n"
SCENARIOS = """\
- scenario: 来了就接待
  cast: {mei: clerk}
  start: {by: mei, request: ask, note: 问路}
  play:
    - {mei: serve}
  expect: {ended: done}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The folder of a small whole pack."""
    folder = tmp_path / "counter"
    folder.mkdir()
    files = {"pack.yaml": PACK, "en.yaml": EN, "scenarios.yaml": SCENARIOS, "README.md": "# 柜台\n"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_pack_is_checked_without_a_word(pack: Path) -> None:
    done = CliRunner().invoke(check, [str(pack)])
    assert (done.exit_code, done.output) == (0, "counter：没有问题\n")


NOT_TRANSLATED = [
    ((), "zh", "pack.yaml: 有 2 处文字没有译文，加 --untranslated 逐条列出 (提醒)\n"),
    (
        (),
        "en",
        "pack.yaml: 2 texts are not translated; list them with --untranslated (warning)\n",
    ),
    (("--untranslated",), "zh", "pack.yaml:8:26: “事由”没有译文。 (提醒)\n"),
    (("--untranslated",), "en", "pack.yaml:10:24: “来访” is not translated. (warning)\n"),
]


@pytest.mark.parametrize(("options", "language", "said"), NOT_TRANSLATED)
def test_what_is_not_translated_is_counted_and_listed_when_asked(
    pack: Path, options: tuple[str, ...], language: str, said: str
) -> None:
    change(pack / "en.yaml", "事由: Matter\n来访: Visit\n", "")
    done = CliRunner().invoke(check, [str(pack), "--language", language, *options])
    assert done.exit_code == 0
    assert f"{pack}/{said}" in done.output
    assert len(done.output.splitlines()) == 2 + len(options)


@pytest.mark.parametrize("name", ["README.md", "en.yaml", "scenarios.yaml"])
def test_a_file_that_is_missing_is_a_warning(pack: Path, name: str) -> None:
    (pack / name).unlink()
    done = CliRunner().invoke(check, [str(pack), "--language", "en"])
    assert done.exit_code == 0
    assert f"there is no {name} (warning)" in done.output


def test_a_folder_of_another_name_is_a_problem(pack: Path) -> None:
    other = pack.rename(pack.with_name("desk"))
    done = CliRunner().invoke(check, [str(other), "--language", "en"])
    assert done.exit_code == 1
    assert f"{other}/pack.yaml:1:7: the pack calls itself counter, and its folder desk" in (
        done.output
    )
    assert "desk: 1 problem" in done.output


def test_a_pack_is_published_when_its_scenarios_pass(
    installation: Installation, pack: Path
) -> None:
    installation.migrate()
    change(pack / "scenarios.yaml", "{ended: done}", "{ended: lost}")
    refused = installation.run("publish", str(pack))
    assert refused.returncode == 1
    assert "✗ counter: 来了就接待" in refused.stderr
    assert "nothing was published" in refused.stderr
    change(pack / "scenarios.yaml", "{ended: lost}", "{ended: done}")
    done = installation.run("publish", str(pack))
    assert done.returncode == 0, done.stderr
    assert "counter@2026.1" in done.stdout


def test_publishing_without_rehearsal_must_be_asked_for(
    installation: Installation, pack: Path
) -> None:
    installation.migrate()
    (pack / "scenarios.yaml").unlink()
    refused = installation.run("publish", str(pack))
    assert refused.returncode == 1
    assert "scenarios.yaml" in refused.stderr
    assert installation.run("publish", "--without-rehearsal", str(pack)).returncode == 0


def test_publishing_from_a_folder_of_another_name_is_refused_in_both_languages(
    installation: Installation, pack: Path
) -> None:
    installation.migrate()
    done = installation.run("publish", str(pack.rename(pack.with_name("desk"))))
    assert done.returncode == 1
    assert "流程包自称 counter" in done.stderr
    assert "the pack calls itself counter" in done.stderr


def test_a_rehearsal_speaks_the_language_asked_for(installation: Installation, pack: Path) -> None:
    change(pack / "scenarios.yaml", "{mei: serve}", "{mei: serve, colour: red}")
    for language, sum_line, told in (
        ("zh", "1 个流程包，1 个场景，失败 1 个", "没有字段“colour”"),
        ("en", "1 pack, 1 scenario, 1 failed", "there is no field “colour”"),
    ):
        done = installation.run("rehearse", str(pack), "--language", language)
        assert done.returncode == 1
        first, *rest = done.stdout.splitlines()
        assert first == "✗ counter: 来了就接待"
        assert rest[-1] == sum_line
        assert any(told in each for each in rest)
        assert bool(re.search(r"[\u4e00-\u9fff]", "".join(rest))) == (language == "zh")


@pytest.mark.parametrize(("language", "is_chinese"), [("zh", True), ("en", False)])
def test_scenarios_that_cannot_be_read_are_told_in_one_language(
    installation: Installation, pack: Path, language: str, is_chinese: bool
) -> None:
    change(pack / "scenarios.yaml", "  cast: {mei: clerk}\n", "")
    done = installation.run("rehearse", str(pack), "--language", language)
    assert done.returncode == 1
    assert "scenarios.yaml:1:3: " in done.stderr
    assert bool(re.search(r"[\u4e00-\u9fff]", done.stderr)) == is_chinese


def test_a_moment_that_is_none_is_told_without_a_traceback(
    installation: Installation, pack: Path
) -> None:
    change(pack / "scenarios.yaml", "  start:", "  clock: 2026-3-2\n  start:")
    done = installation.run("rehearse", str(pack))
    assert done.returncode == 1
    assert done.stderr == (
        "Error: counter\nscenarios.yaml:3:10: “2026-3-2”不是日期时间，例如 2026-03-02 09:00\n"
    )


VARIANT = """\
pack: our-counter
version: 1
extends: counter@2026.1
changes:
  - {after: serve, add: [{step: thank, zh: 道谢, by: clerk}]}
"""
OURS = SCENARIOS.replace("- {mei: serve}", "- {mei: serve}\n    - {mei: thank}")


@pytest.fixture
def ours(pack: Path) -> Path:
    """The folder of a variant, beside that of its base."""
    folder = pack.with_name("our-counter")
    folder.mkdir()
    files = {"pack.yaml": VARIANT, "scenarios.yaml": OURS, "README.md": "# 本柜台\n"}
    files["en.yaml"] = "道谢: Thank\n"
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_variant_is_checked_with_the_base_beside_it(ours: Path, pack: Path) -> None:
    done = CliRunner().invoke(check, [str(ours)])
    assert (done.exit_code, done.output) == (0, "our-counter：没有问题\n")
    change(pack / "pack.yaml", "step: serve", "step: attend")
    done = CliRunner().invoke(check, [str(ours), "--language", "en"])
    assert done.exit_code == 1
    assert f"{ours}/pack.yaml:5:13: The base does not hold “serve”" in done.output
    aside = pack.rename(pack.with_name("in-a-folder-of-another-name"))
    done = CliRunner().invoke(check, [str(ours), "--language", "en"])
    assert "The base does not hold “serve”" in done.output
    shutil.rmtree(aside)
    done = CliRunner().invoke(check, [str(ours), "--language", "en"])
    assert "pack.yaml:3:10: There is no pack “counter@2026.1”" in done.output


def test_a_variant_is_shown_as_one_pack(ours: Path, pack: Path) -> None:
    done = CliRunner().invoke(check, [str(ours), "--show"])
    assert done.exit_code == 0
    assert done.stdout.startswith("pack: our-counter\nversion: 1\nlanguage: zh\n")
    assert "  - {step: thank, zh: 道谢, by: clerk}\n  - {end: done, zh: 办完}\n" in done.stdout
    assert done.stderr == "our-counter：没有问题\n"


@pytest.mark.long
def test_a_variant_is_rehearsed_and_published_also_when_its_base_is_only_published(
    installation: Installation, ours: Path, pack: Path
) -> None:
    installation.migrate()
    done = installation.run("rehearse", str(ours))
    assert done.returncode == 0, done.stderr
    assert installation.run("publish", str(pack)).returncode == 0
    shutil.rmtree(pack)
    assert installation.run("rehearse", str(ours)).returncode == 1
    done = installation.run("publish", str(ours))
    assert done.returncode == 0, done.stderr
    assert "our-counter@1" in done.stdout


@pytest.mark.long
def test_settings_are_shown_and_set_before_a_pack_is_published(
    installation: Installation, pack: Path
) -> None:
    installation.migrate()
    change(
        pack / "pack.yaml",
        "fields:",
        "settings: {most: {type: integer, required: true, zh: 上限, en: Most}}\nfields:",
    )
    refused = installation.run("publish", str(pack))
    assert "场景要在 settings 里写明：上限" in refused.stderr
    change(pack / "scenarios.yaml", "  start:", "  settings: {most: 3}\n  start:")
    refused = installation.run("publish", str(pack))
    assert refused.returncode == 1
    assert "tuoban settings counter most=" in refused.stderr
    assert "must be set" in installation.run("settings", str(pack)).stdout
    wrong = installation.run("settings", str(pack), "most=many")
    assert wrong.returncode == 1
    assert "most: " in wrong.stderr
    done = installation.run("settings", str(pack), "most=5")
    assert done.stdout == "most = 5  本单位设定 / set here  # 上限 / Most\n"
    assert installation.run("publish", str(pack)).returncode == 0
    assert installation.run("settings", "counter").stdout == done.stdout


def test_only_a_file_called_like_a_pack_is_taken_for_one(tmp_path: Path) -> None:
    copy = tmp_path / "draft.yaml"
    shutil.copy(PACKS / "it-technician-visit" / "pack.yaml", copy)
    assert CliRunner().invoke(check, [str(copy)]).exit_code == 1


def test_publishing_tells_of_a_calendar_that_is_not_there_yet(
    installation: Installation, pack: Path
) -> None:
    change(pack / "pack.yaml", "by: clerk}", "by: clerk, within: {limit: 1 hour, calendar: maker}}")
    installation.migrate()
    told = installation.run("publish", "--without-rehearsal", str(pack)).stdout
    assert "还没有日历 maker" in told
    assert "there is no calendar maker yet" in told


def test_publishing_tells_what_begins_by_itself(installation: Installation, pack: Path) -> None:
    start = "  - {every: year on 3-01 at 9:00, zh: 盘点}\n"
    change(pack / "pack.yaml", "starts:\n", f"starts:\n{start}")
    installation.migrate()
    assert "自动开始" not in installation.run("publish", "--without-rehearsal", str(pack)).stdout
    installation.run("unit", "add", "hq", "总部", "Head office")
    told = installation.run("publish", "--without-rehearsal", str(pack)).stdout
    assert re.search(r"“盘点”自动开始，首次 \d{4}-03-01 09:00", told)
    assert re.search(r"“盘点” begins by itself, first \d{4}-03-01 09:00", told)


def test_publishing_and_checking_tell_whom_a_process_lacks(
    installation: Installation, pack: Path
) -> None:
    step = "{step: look, zh: 复核, by: {role: clerk, not: serve}, takes: 3 hours, within: 2 hours}"
    change(pack / "pack.yaml", "  - {end: done", f"  - {step}\n  - {{end: done")
    installation.run("migrate")
    told = installation.run("publish", "--without-rehearsal", str(pack)).stdout
    assert "没有人能发起“来访”：柜员要 1 人，现有 0 人" in told
    assert "“复核”的时限是 2 小时，里面的步骤预计最长要 3 小时，办不完" in told

    installation.run("unit", "add", "hq", "总部", "Head office")
    installation.run("user", "add", "mei", "陈小美", "--password", "Correct-horse-9")
    installation.run("user", "grant", "mei", "clerk", "hq")
    assert "总部" not in installation.run("check", str(pack)).stdout
    checked = installation.run("check", "--staff", "--language", "en", str(pack))
    assert checked.returncode == 0
    assert "all may have done so of the 1 found of Clerk; 2 needed" in checked.stdout

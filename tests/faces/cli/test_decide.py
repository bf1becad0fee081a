"""`tuoban decide`: models listed, decided and turned into tables of a pack."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.kernel.dmn.support import MODELS, around, literal
from tests.support.server import Installation
from tuoban.faces.cli.commands.decide import decide

FEE = str(MODELS / "decision-table.dmn")
SERVICE = str(MODELS / "decision-service.dmn")
TYPES = str(MODELS / "item-definitions.dmn")
INVOCATION = str(MODELS / "invocation.dmn")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(decide, arguments)


def test_a_model_is_decided_without_an_installation(installation: Installation) -> None:
    done = installation.run("decide", FEE, "上门费", "--set", "工时=2", "--set", '区域="城区"')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == '{费用: 100, 说明: "收费"}\n\n适用的规则\n  上门费: 2\n'
    assert list(installation.home.iterdir()) == []


def test_without_a_decision_the_model_is_listed_with_what_each_needs() -> None:
    done = run(SERVICE, "--language", "en")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "start (decision; inputs: -)",
        "what is left (decision; inputs: n)",
        "twice (decision; inputs: n)",
        "one result (service; inputs: n, start)",
        "two results (service; inputs: n)",
        "misfit (decision; inputs: -)",
        "caller (decision; inputs: -)",
    ]


def test_the_list_as_json_has_names_kinds_and_inputs() -> None:
    listed = json.loads(run(INVOCATION, "--json").output)
    assert (listed["model"], listed["version"]) == ("Invocations", "1.3")
    assert listed["decisions"][0] == {
        "name": "rate of",
        "kind": "businessKnowledgeModel",
        "inputs": ["amount", "member"],
    }


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "空值的原因"), ("en", "why something is null")]
)
def test_a_null_is_an_answer_with_its_reasons(language: str, said: str) -> None:
    done = run(TYPES, "no grade", "--language", language)
    assert done.exit_code == 0
    assert done.output.startswith("null\n")
    assert said in done.output


def test_the_answer_as_json_has_value_rules_and_reasons() -> None:
    done = run(FEE, "上门费", "--set", "工时=9", "--set", '区域="郊区"', "--json")
    assert json.loads(done.output) == {
        "decision": "上门费",
        "value": {"费用": 99, "说明": "另议"},
        "rules": [{"table": "上门费", "line": 9, "rules": []}],
        "reasons": [],
    }


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.5", 1.5),
        ("12345678901234567890", 12345678901234567890),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("[true, null]", [True, None]),
        ('@"2026-03-01"', "2026-03-01"),
        ('@"P1DT2H"', "P1DT2H"),
        ("[1..5)", "[1..5)"),
    ],
)
def test_values_that_json_does_not_have_become_texts(
    tmp_path: Path, text: str, plain: object
) -> None:
    file = tmp_path / "m.dmn"
    file.write_text(around(literal("d", text.replace('"', "&quot;"))), "utf-8")
    assert json.loads(run(str(file), "d", "--json").output)["value"] == plain


def test_inputs_from_a_file_are_read_by_their_types(tmp_path: Path) -> None:
    context = tmp_path / "inputs.json"
    context.write_text('{"when": "2026-03-01T09:30:00Z", "few": [1.25]}', "utf-8")
    assert run(TYPES, "when seen", "--context", str(context)).output == "2026-03-01T09:30:00Z\n"
    assert run(TYPES, "few seen", "--context", str(context)).output == "[1.25]\n"


def test_a_value_that_is_set_comes_before_that_of_the_file(tmp_path: Path) -> None:
    context = tmp_path / "inputs.json"
    context.write_text('{"few": [1]}', "utf-8")
    done = run(TYPES, "few seen", "--context", str(context), "--set", "few=[2]")
    assert done.output == "[2]\n"


def test_now_tells_the_moment_that_is_given(tmp_path: Path) -> None:
    file = tmp_path / "m.dmn"
    file.write_text(around(literal("d", "today()")), "utf-8")
    assert run(str(file), "d", "--now", "2026-03-01T12:00:00").output == "2026-03-01\n"
    assert run(str(file), "d").output.startswith("20")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((FEE, "上门"), 1, "最接近的是“上门费”"),
        ((FEE, "上门费", "--set", "工资=1"), 1, "最接近的是“工时”"),
        ((FEE, "上门费", "--set", "工时"), 2, "--set 要写成"),
        ((FEE, "上门费", "--set", "工时=1 +"), 1, "--set 工时 第 4 个字"),
        ((FEE, "上门费", "--steps", "3"), 1, "已停止"),
        ((FEE, "--as-table"), 2, "请写明是哪个决策"),
        ((SERVICE, "twice", "--as-table"), 1, "不是判定表"),
    ],
)
def test_what_cannot_be_used_is_told(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, said in done.output) == (code, True), done.output


AREA = (
    '<inputData id="a" name="Area"><variable name="Area" typeRef="string"/></inputData>'
    '<inputData id="w" name="Day"><variable name="Day" typeRef="date"/></inputData>'
    '<inputData id="u" name="Any"/>'
    + literal(
        "Fee",
        "[Area, Day, Any]",
        "".join(
            f'<informationRequirement><requiredInput href="#{id_}"/></informationRequirement>'
            for id_ in "awu"
        ),
    )
)


@pytest.fixture
def area(tmp_path: Path) -> str:
    file = tmp_path / "area.dmn"
    file.write_text(around(AREA), "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Area=county", "nothing is called “county”; a value is FEEL, where texts stand in quotes"),
        ("Area=county", "write, for example, --set 'Area=\"county\"'"),
        ("Area=the county", "write, for example, --set 'Area=\"the county\"'"),
        ("Area=质量问题", "write, for example, --set 'Area=\"质量问题\"'"),
        ("Any=county", "write, for example, --set 'Any=\"county\"'"),
        ("Area=5", "“Area” is 5, which does not conform to the type string"),
        ("Day=2026-03-15", "“Day” is 2008, which does not conform to the type date"),
        ("Day=2026-03-15", 'write, for example, @"2026-03-15"'),
        ('Day="2026-03-15"', 'write, for example, @"2026-03-15"'),
        ("Day=soon", "--set 'Day=@\"2026-03-15\"'"),
        ("Day=date(2026, 13, 45)", "--set Day, column 1: the function “date” has no result"),
        ("Any=1/0", "--set Any, column 1: “1/0” divides by zero"),
        ("Aera=1", "The model has no input “Aera”; the nearest is “Area”"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_to_write(
    area: str, given: str, said: str
) -> None:
    done = run(area, "Fee", "--set", given, "--language", "en")
    assert (done.exit_code, said in done.stderr, done.stdout) == (1, True, ""), done.output


def test_all_values_that_cannot_be_used_are_told_at_once(area: str) -> None:
    given = ("Area=county", "Day=2026-03-15", "Aera=1")
    done = run(area, "Fee", *(part for each in given for part in ("--set", each)))
    *lines, count = done.stderr.splitlines()
    assert (len(lines), count) == (3, "输入：有 3 处问题")


def test_a_value_may_say_today_and_null(area: str) -> None:
    given = ("--set", "Day=today()", "--set", "Area=null", "--now", "2026-03-01T12:00:00")
    assert run(area, "Fee", *given).stdout.startswith("[null, 2026-03-01, null]\n")


def test_a_value_that_is_given_twice_is_refused(area: str) -> None:
    done = run(area, "Fee", "--set", "Any=1", "--set", "Any=2")
    assert (done.exit_code, "--set Any 写了两次" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[1]", ":1:1: must be one JSON object"),
        (b"{", ":1:2: this is no JSON from here on"),
        (b'{"Area":\n county}', ":2:2: this is no JSON from here on"),
        (b"[" * 100_000, ": values are nested deeper than 50 levels"),
        (b'{"Any": ' + b"[" * 51 + b"]" * 51 + b"}", ": values are nested deeper than 50 levels"),
        (b'{"Any": "\xff"}', ": the file is not UTF-8 text"),
        (b'{"Any": NaN}', ": “NaN” is not a number"),
        (b'{"Any": -Infinity}', ": “-Infinity” is not a number"),
        (b'{"Any": 1e99999999999999999999}', ": “1e99999999999999999999” is not a number"),
        (b'{"Any": ' + b"9" * 10_000 + b"}", " is not a number"),
        (b'{"Any": 1, "Any": 2}', ": the name “Any” stands twice in one object"),
        (b'{"Day": "soon"}', '“Day” is "soon", which does not conform to the type date'),
        (b'{"Day": "soon"}', 'write, for example, "2026-03-15"'),
        (b'{"Aera": 1}', ": The model has no input “Aera”"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_file_of_inputs_that_cannot_be_used_is_refused_with_the_place(
    area: str, tmp_path: Path, content: bytes, said: str
) -> None:
    context = tmp_path / "inputs.json"
    context.write_bytes(content)
    done = run(area, "Fee", "--context", str(context), "--language", "en")
    *lines, count = done.stderr.splitlines()
    assert (done.exit_code, len(lines), count) == (1, 1, "inputs: 1 problem")
    assert lines[0].startswith(f"{context}:")
    assert said in lines[0]


def test_a_file_of_inputs_may_begin_with_a_byte_order_mark(area: str, tmp_path: Path) -> None:
    context = tmp_path / "inputs.json"
    context.write_bytes(b'\xef\xbb\xbf{"Area": "a", "Day": "2026-03-15", "Any": 1}')
    done = run(area, "Fee", "--context", str(context))
    assert done.output == '["a", 2026-03-15, 1]\n'


def test_a_file_with_problems_tells_them_all_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "m.dmn"
    file.write_text(around(f"{literal('a', '1 +')}\n{literal('b', 'c')}"), "utf-8")
    done = run(str(file), "--language", "en")
    assert done.exit_code == 1
    first, second, count = done.stderr.splitlines()
    assert first.startswith(f"{file}:2:55: The expression ends too early")
    assert second.startswith(f"{file}:3:52: Nothing is called “c”")
    assert count == f"{file}: 2 problems"


def test_warnings_of_a_file_are_told_beside_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "m.dmn"
    file.write_text(around('<decision id="d" name="d" colour="red"/>'), "utf-8")
    done = run(str(file), "--language", "en")
    assert done.exit_code == 0
    assert "has no attribute “colour”; it is not used. (warning)" in done.stderr


def test_a_file_that_is_not_there_is_told_in_one_line(installation: Installation) -> None:
    done = installation.run("decide", "nowhere.dmn")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot read or write nowhere.dmn" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_table_is_printed_for_a_pack() -> None:
    done = run(FEE, "上门费", "--as-table")
    assert done.exit_code == 0
    assert "tables:\n  上门费:\n" in done.output
    assert '| "城区" | <= 1   | 0         | "免费"  | 第三条 |' in done.output

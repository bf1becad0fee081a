"""`tuoban decide`: what a DMN model decides, and its tables for packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from tuoban.faces.cli.decision_inputs import Inputs, InputsRefused
from tuoban.faces.cli.printing import print_json
from tuoban.kernel.definition import Text
from tuoban.kernel.dmn import (
    MAX_BYTES,
    DmnError,
    Model,
    Outcome,
    as_pack_table,
    read_model,
    to_plain,
)
from tuoban.kernel.expressions import BudgetExceeded
from tuoban.kernel.expressions.builtins.conversion import write
from tuoban.kernel.expressions.limits import Meter
from tuoban.runtime.cases import clock

_KINDS = {
    "decision": Text("决策", "decision"),
    "businessKnowledgeModel": Text("函数", "function"),
    "decisionService": Text("服务", "service"),
}
_RULES = Text("适用的规则", "rules that fit")
_WHY = Text("空值的原因", "why something is null")
_WARNING = Text("提醒", "warning")
_NO_DECISION = Text("请写明是哪个决策", "name the decision")
_PAIR = Text("--set 要写成 名称=表达式：{text}", "--set takes NAME=EXPRESSION: {text}")
_INPUTS = Text("输入", "inputs")
_SUM = Text("有 {count} 处问题", "{count} {noun}")
_BUDGET = Text("{what}（--steps 可放宽）", "{what} (--steps allows more)")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("decision", required=False)
@click.option("--set", "values", multiple=True, metavar="NAME=FEEL", help="An input's value.")
@click.option("--context", type=click.Path(path_type=Path), help="Inputs in a JSON file.")
@click.option("--now", type=click.DateTime(), help="What now() tells, instead of the clock.")
@click.option("--steps", type=click.IntRange(min=1), default=1_000_000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--as-table", is_flag=True, help="Print the decision table for a pack.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def decide(
    file: Path,
    decision: str | None,
    values: tuple[str, ...],
    context: Path | None,
    now: datetime | None,
    steps: int,
    as_json: bool,
    as_table: bool,
    language: str,
) -> None:
    """Make DECISION of the DMN model in FILE; without one, list what the model decides.

    Values of --set are FEEL, where texts stand in quotes: --set 'Area="county"'. They come before
    those of --context. A null is an answer: what made it null stands below.

    Exits with 1 where the file, a name or a value cannot be used, every problem on its own line;
    with 2 where the command line itself is incomplete.
    """
    try:
        model = _read(file)
        if decision is None:
            if as_table or values or context:
                raise click.UsageError(_NO_DECISION.read(language))
            _list(model, as_json=as_json, language=language)
        elif as_table:
            click.echo(as_pack_table(model, decision, language), nl=False)
        else:
            moment = clock.now() if now is None else now.astimezone()
            reader = Inputs(model, model.part(decision), language, moment, steps)
            inputs = reader.read(_pairs(values, language), context)
            outcome = model.decide(decision, inputs, now=moment, budget=steps)
            _show(decision, outcome, as_json=as_json, language=language)
    except DmnError as error:
        lines = [problem.read(language, str(file)) for problem in error.problems]
        _refuse(str(file), lines, language)
    except InputsRefused as refused:
        _refuse(_INPUTS.read(language), refused.lines, language)
    except BudgetExceeded as error:
        told = _BUDGET.read(language).format(what=error.describe(language))
        raise click.ClickException(told) from None
    _warn(model, file, language)


def _read(file: Path) -> Model:
    with file.open("rb") as opened:
        return read_model(opened.read(MAX_BYTES + 1))


def _pairs(values: tuple[str, ...], language: str) -> Iterator[tuple[str, str]]:
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(_PAIR.read(language).format(text=value))
        yield name.strip(), text


def _refuse(of: str, lines: Sequence[str], language: str) -> NoReturn:
    """Tell every problem on its line, as `tuoban check` does, and their number."""
    for line in lines:
        click.echo(line, err=True)
    noun = "problem" if len(lines) == 1 else "problems"
    separator = "：" if language == "zh" else ": "
    sum_ = _SUM.read(language).format(count=len(lines), noun=noun)
    click.echo(f"{of}{separator}{sum_}", err=True)
    raise SystemExit(1)


# Answers


def _list(model: Model, *, as_json: bool, language: str) -> None:
    decided = [part for part in model.parts.values() if part.kind in _KINDS]
    decided.sort(key=lambda part: part.element.place)
    if as_json:
        rows = [
            {"name": part.name, "kind": part.kind, "inputs": list(model.inputs(part))}
            for part in decided
        ]
        print_json({"model": model.name, "version": model.version, "decisions": rows})
        return
    separator = "、" if language == "zh" else ", "
    for part in decided:
        inputs = separator.join(model.inputs(part)) or "-"
        kind = _KINDS[part.kind].read(language)
        click.echo(f"{part.name} ({kind}; {_INPUTS.read(language)}: {inputs})")


def _show(name: str, outcome: Outcome, *, as_json: bool, language: str) -> None:
    if as_json:
        print_json(
            {
                "decision": name,
                "value": to_plain(outcome.value),
                "rules": [
                    {"table": each.subject, "line": each.place.line, "rules": list(each.rules)}
                    for each in outcome.fittings
                ],
                "reasons": [note.describe(language) for note in outcome.notes],
            }
        )
        return
    click.echo(write(Meter(10_000_000), outcome.value))
    _section(_RULES, (_fitting(each.subject, each.rules) for each in outcome.fittings), language)
    _section(_WHY, (note.describe(language) for note in outcome.notes), language)


def _fitting(subject: str, rules: tuple[int, ...]) -> str:
    return f"{subject}: {', '.join(map(str, rules)) or '-'}"


def _section(title: Text, lines: Iterator[str], language: str) -> None:
    found = list(dict.fromkeys(lines))
    if found:
        click.echo(f"\n{title.read(language)}")
    for line in found:
        click.echo(f"  {line}")


def _warn(model: Model, file: Path, language: str) -> None:
    for warning in model.warnings:
        told = warning.read(language, str(file))
        click.echo(f"{told} ({_WARNING.read(language)})", err=True)

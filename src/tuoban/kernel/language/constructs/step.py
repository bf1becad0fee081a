"""`step`: a piece of work for someone."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Outcome, Performer, Step, Tell, Text
from tuoban.kernel.expressions import Expression, Shape
from tuoban.kernel.language import doing, fields, places, ways
from tuoban.kernel.language.checklists import read_checklist
from tuoban.kernel.language.constructs.kind import Kind
from tuoban.kernel.language.declared import Block, Gate
from tuoban.kernel.language.documents import read_printed
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.lapsing import read_valid_until
from tuoban.kernel.language.limits import VALUE_KEYS, late_pairs, moves_on
from tuoban.kernel.language.messages import TELL, TEXT, read_tell
from tuoban.kernel.language.moments import read_limit_length
from tuoban.kernel.language.names import read_option, unknown
from tuoban.kernel.language.needs import read_needs
from tuoban.kernel.language.offering import step_shape
from tuoban.kernel.language.order import in_one_plan, relation
from tuoban.kernel.language.papers import read_wanted
from tuoban.kernel.language.people import check_joint, read_performer, read_receivers
from tuoban.kernel.language.reading import (
    Properties,
    as_boolean,
    as_mapping,
    as_one_or_more,
    as_text,
    as_word,
)
from tuoban.kernel.language.signers import read_signers
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.limits import TIMEOUT

KEYS = (
    "by", "form", "fields", "checklist", "outcomes", "signed-by", "needs", "returns-to", "undo",
    "valid-until", "transfer-to", "tell", "text", "do", "papers", "print", "takes",
)  # fmt: skip
OFFERED = ("outcome", "at", "by", "count", "all", "history")
"""What a step's name gives to read; none of its own fields may be called so."""


def _declare(block: Block, ws: Workspace) -> None:
    doing.bring_fields(block, ws)
    places.declare(block, ws, OFFERED)


def _offers(block: Block, ws: Workspace) -> Shape:
    node = block.properties.get("outcomes")
    outcomes = tuple(pair.key.text for pair in node.pairs) if isinstance(node, Mapping) else ()
    outcomes = outcomes or tuple(each.key for each in doing.outcomes_brought(block, ws))
    if any(moves_on(pair.value) for pair in late_pairs(block.properties)):
        outcomes = (*outcomes, TIMEOUT)
    is_limited = any(word in block.properties for word in VALUE_KEYS)
    brought = doing.shapes_of(block.brought)
    return step_shape(outcomes, block.own, brought, is_limited=is_limited)


def _read(block: Block, ws: Workspace) -> Step:
    properties = block.properties
    around = places.scope_in(block.body, ws)
    inside, before = around.inside(block.own), around.before(block)
    form = FormReader({**places.known_fields(block, ws), **block.own}, ws)
    sections = form.read(properties.get("form"))
    take_up_fills(form.fills.difference(block.own), block, ws)
    ws.fill_of(block, form.fills.intersection(block.own), block)
    fields.warn_never_asked(block.own, form.fills, ws.findings)
    ws.writes[block.key] = {
        name: place for name, place in form.writes.items() if name not in block.own
    }
    by = Performer() if doing.is_unattended(block, ws) else read_performer(block, ws)
    check_joint(by, block, ws.writes[block.key].values(), ws)
    signers = read_signers(block, by, ws)
    doing.check_signers(block, are_inside=any(each.is_inside for each in signers), ws=ws)
    returns = tuple(dict.fromkeys(_returns(block, ws)))
    return Step(
        by=by,
        do=doing.read_do(block, by, inside, ws),
        fields=tuple(block.own),
        form=(*doing.form_brought(block, ws), *sections),
        checklist=tuple(read_checklist(block, form, inside, ws)),
        outcomes=(
            *doing.outcomes_brought(block, ws),
            *_outcomes(block, form, ws),
        ),
        signers=signers,
        papers=tuple(read_wanted(block, form, inside, ws)),
        prints=tuple(read_printed(block, ws)),
        needs=tuple(read_needs(block, before, ws)),
        returns_to=tuple(name for name, is_straight in returns if not is_straight),
        undo=ws.undoes.get(block.key, ""),
        straight_from=tuple(name for name, is_straight in returns if is_straight),
        valid_until=read_valid_until(block, ws),
        transfer_to=read_receivers(block, ws),
        tell=_tell(block, ws),
        takes=_takes(block, ws),
    )


def _takes(block: Block, ws: Workspace) -> Length | Expression | None:
    """How long it is expected to take, `20 workdays`, as is known before any case begins."""
    scope = ws.scope.of_settings("takes-of-settings")
    return read_limit_length(block.properties.get("takes"), scope, ws.findings)


def take_up_fills(names: set[str], block: Block, ws: Workspace) -> None:
    """Take up which fields of the case, and of the blocks around, a form may fill in."""
    for name in names:
        home = places.home_of(block, name)
        if home is None:
            ws.fill((name,), block)
        else:
            ws.fill_of(home, (name,), block)


def _stops(block: Block, bodies: list[bool]) -> bool:
    """Somebody has to do it, unless the system does."""
    return doing.WORD not in block.properties or "by" in block.properties


def _check(block: Block, ws: Workspace) -> None:
    places.check_nested(block, ws)


def _tell(block: Block, ws: Workspace) -> Tell | None:
    properties = block.properties
    wanted = properties.need(TELL) if TEXT in properties else properties.get(TELL)
    return read_tell(wanted, properties.get(TEXT), ws, is_step=True)


def _outcomes(block: Block, form: FormReader, ws: Workspace) -> Iterator[Outcome]:
    node, asked = block.properties.get("outcomes"), doing.asked(block, ws)
    mapping = as_mapping(node, ws.findings) if node is not None else None
    if mapping is not None and not mapping.pairs:
        ws.findings.add(mapping, "empty-list")
    for pair in mapping.pairs if mapping else ():
        key = pair.key
        fit = read_option(key, ws.findings)
        if isinstance(pair.value, Mapping):
            properties = Properties(pair.value, ws.findings, ("zh", "en", "requires", "unsigned"))
            label: Text | None = ws.labels.of_name(properties, key.text, key)
            requires = tuple(_required(properties.get("requires"), form, asked, ws))
            unsigned = as_boolean(properties.get("unsigned"), ws.findings)
        else:
            label, requires, unsigned = ws.labels.text(pair.value), (), False
        if fit and label is not None:
            yield Outcome(key.text, label, requires, unsigned)


def _required(
    node: Node | None, form: FormReader, asked: tuple[str, ...], ws: Workspace
) -> Iterator[str]:
    """Fields that an outcome makes compulsory: they must be on the form to be filled in, or be
    `asked` by the activity of the step."""
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        name = as_text(item, ws.findings)
        if name is None:
            continue
        if name.text in form.writes or name.text in asked:
            yield name.text
        elif name.text in form.known:
            ws.findings.add(name, "not-on-form", name=name.text)
        else:
            unknown(name, ws.findings, "unknown-field", name.text, (*form.writes, *asked))


DIRECT = "direct"


def _returns(block: Block, ws: Workspace) -> Iterator[tuple[str, bool]]:
    """The steps and blocks it may be sent back to, each with whether it comes straight back from
    there."""
    node = block.properties.get("returns-to")
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        if isinstance(item, Mapping):
            for pair in item.pairs:
                is_direct = as_word(pair.value, ws.findings, (DIRECT,)) is not None
                target = _target(pair.key, block, ws, is_direct=True)
                if is_direct and target is not None:
                    yield target, True
        elif (target := _target(as_text(item, ws.findings), block, ws)) is not None:
            yield target, False


def _may_be_done_again(target: Block, is_direct: bool) -> bool:
    """Whether work may go back to it: to a step, or to a whole block, from which it does not come
    straight back."""
    return target.is_step or (bool(target.bodies) and not is_direct)


def _target(
    name: Scalar | None, block: Block, ws: Workspace, *, is_direct: bool = False
) -> str | None:
    target = ws.block(name, block)
    if name is not None and target is not None and not _may_be_done_again(target, is_direct):
        ws.findings.add(name, "not-a-step", name=name.text)
        return None
    if name is None or target is None:
        return None
    if _reaction_around(target) is not _reaction_around(block):
        ws.findings.add(name, "return-not-before", name=name.text, path=ways.to(block))
    elif in_one_plan(target, block):
        ws.plan_returns.append(Gate(block, target, name.place))
    elif relation(target, block) != "before":
        ws.findings.add(name, "return-not-before", name=name.text, path=ways.to(block))
    return target.key


def _reaction_around(block: Block) -> Block | None:
    """The innermost reaction that a block is, or stands in, or what is done on cancel: it returns
    only within itself."""
    return next((each for each in (block, *block.around()) if each.is_beside), None)


KIND = Kind(
    word="step",
    label=Text("步骤", "Step"),
    keys=KEYS,
    naming="named",
    declare=_declare,
    offers=_offers,
    read=_read,
    timed=True,
    hosts=True,
    covers=True,
    check=_check,
    stops=_stops,
)

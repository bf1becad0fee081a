"""What becomes of each element of a BPMN file, told for people."""

from __future__ import annotations

from collections.abc import Mapping

COUNTERPARTS: Mapping[str, str] = {
    "process": "the pack's process; one that is called, an entry of `processes`",
    "participant": (
        "a role, of what stands in no lane that has a name; without a process it is told of"
    ),
    "lane": "a role, of the innermost lane with a name around a task",
    "resource": "a role; `potentialOwner` and its like come before the lane",
    "task": "`step`",
    "userTask": "`step`",
    "manualTask": "`step`",
    "receiveTask": "`wait` for its message",
    "sendTask": "`send`",
    "serviceTask": "refused, unless an extension element names the activity under `do`",
    "scriptTask": "refused, unless an extension element says what is `set`",
    "businessRuleTask": "refused, unless an extension element names the table under `decide`",
    "callActivity": "`call` of a process in the same file; any other is refused",
    "subProcess": (
        "`stage`; with `triggeredByEvent` a reaction under `during`, of a stage around all steps "
        "where it stands in a process"
    ),
    "adHocSubProcess": "`plan`; sequence flows in it are `needs`",
    "transaction": "refused",
    "exclusiveGateway": (
        "`choose`, or `repeat` where a way leads back; without conditions the step before it gets "
        "`outcomes` of the names of the flows, or, where other gateways stand between, the steps "
        "before ask a field; a single flow without a condition is the default, which is told"
    ),
    "parallelGateway": "`parallel`",
    "inclusiveGateway": (
        "`parallel` whose branches have `when`; without conditions the steps before say in fields "
        "which ways are taken"
    ),
    "eventBasedGateway": "`parallel` with `join: any` of waits, then `choose` by which came first",
    "complexGateway": "refused, unless written by Tuoban",
    "startEvent": (
        "a `request`; of a message, a start by it; others are refused, as is one that waits for "
        "something in a sub-process or a called process"
    ),
    "endEvent": (
        "`end`, behind all that events have begun which do not interrupt; where other branches may "
        "run on, the end of its branch; of a message, `send` before it"
    ),
    "intermediateCatchEvent": "`wait`; a link event, the place that the throwing one leads to",
    "intermediateThrowEvent": "`send`; without a definition nothing, which is told",
    "boundaryEvent": (
        "a reaction under `during`, which is waited for before what follows its host; at the "
        "border of a receive or send task, or of several at a time, of a stage around that; one "
        "that leads elsewhere than behind its host is kept in a field, by which the case goes on; "
        "of compensation, `undo`"
    ),
    "standardLoopCharacteristics": "`repeat`",
    "multiInstanceLoopCharacteristics": "`each`, from `loopCardinality`",
    "timerEventDefinition": (
        "`for`, `until`, `at` or `every`; a cycle that comes once, `R1/P5D`, is `for`, and one "
        "that comes so many times, `R3/PT1H`, is refused"
    ),
    "conditionExpression": (
        "FEEL; `${a == b && !c}` and `=a = b` are read as FEEL, which is told, and so is a name of "
        "several words, `order total` as `order_total`; a path `order.amount` is one field, "
        "`order_amount`. What is named only in a reaction that does not interrupt, for each of "
        "several or in a called process is a field of that"
    ),
    "message": "an entry of `messages`",
    "signal": "a message, which is told",
    "documentation": "a comment at the head of the pack",
    "textAnnotation": "a comment at the head of the pack",
    "messageFlow": "told of, not carried",
    "dataObject": "told of, not carried",
    "association": "between a compensation event and what undoes; whose an annotation is",
    "instantiate": (
        "refused; so are `startQuantity`, `completionQuantity` and `ordering` where they change "
        "how the process runs"
    ),
    "isExecutable": "told of where it is `false`: a pack can be run",
    "isForCompensation": (
        "of what a compensation event leads to by an association; told of where it is missing "
        "there, refused elsewhere"
    ),
    "isClosed": (
        "told of where it is `true`; so are `isImmediate` where it is `false`, and `processType` "
        "where it is `Public`"
    ),
    "default": "the way that is taken where no other is; where it is no way out, it is told of",
    "exporter": (
        "nothing, for which tool wrote a file does not change how it is read; so are "
        "`exporterVersion`, `targetNamespace`, `typeLanguage`, and `gatewayDirection` and "
        "`associationDirection`, which flows and associations bear out"
    ),
    "name": (
        "a label; where it has no place in the pack, it is told of. What has none is called by "
        "what it is, in words"
    ),
    "extensionElements": (
        "Tuoban's own come back whole; those of other tools are told of, each kind with its lines"
    ),
    "anything else": "told of, each element and attribute with its place",
    "BPMNDiagram": "not read: positions mean nothing, and are made anew",
}

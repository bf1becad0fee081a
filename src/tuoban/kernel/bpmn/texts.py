"""What is said of a BPMN file, in Chinese and English: what it is, and what a modeller can do."""

from __future__ import annotations

from tuoban.kernel import xml_files

_FILE = {
    "not-bpmn": (
        "这不是 BPMN 2.0 文件：最外层是 {found}，应为 BPMN 2.0 命名空间里的 definitions。",
        "This is no BPMN 2.0 file: it begins with {found}, where the definitions of the BPMN 2.0 "
        "namespace should stand.",
    ),
    "too-many-nodes": (
        "事件、网关和活动超过 {limit} 个，请拆成几个流程。",
        "There are more than {limit} events, gateways and activities: split the process.",
    ),
    "id-twice": (
        "第 {line} 行已有同样的 id，请给其中一个另起。",
        "This id stands in line {line} already: give one of them another.",
    ),
    "id-missing": ("{kind} 没有 id，请补上。", "This {kind} has no id: give it one."),
    "no-process": (
        "文件里没有带内容的流程，请先画流程。",
        "The file holds no process with anything in it: draw one.",
    ),
    "process-several": (
        "文件里有几个独立的流程，一个流程包只能是一个：请指明用哪一个的 id，或改用调用活动连起来。",
        "The file holds several processes, and a pack is one: say the id of the one that is meant, "
        "or call the others by call activities.",
    ),
    "no-such-process": (
        "没有 id 为 {process} 的流程；有的是：{known}。",
        "There is no process with the id {process}; there are: {known}.",
    ),
}

_FLOW = {
    "language-unknown": (
        "流程包的语言 {language} 不认识，应为 zh 或 en。",
        "The language {language} of the pack is not known: write zh or en.",
    ),
    "flow-leads-nowhere": (
        "连线的一端 {to} 不在同一个流程或子流程里，请接到同一层的元素上。",
        "An end of the sequence flow, {to}, is not in the same process or sub-process: connect "
        "elements of one level.",
    ),
    "flow-misplaced": (
        "连线不能从结束事件出来，也不能通到开始事件或边界事件，请改接到活动或网关。",
        "No sequence flow leaves an end event or leads into a start or a boundary event: connect "
        "an activity or a gateway.",
    ),
    "boundary-without-host": (
        "边界事件没有附着在同一层的活动上，请拖到一个活动的边上。",
        "The boundary event is attached to no activity of its level: put it on one's border.",
    ),
    "boundary-empty": (
        "不打断的边界事件后面什么都没有，请接上要做的事，或删去它。",
        "Nothing follows this non-interrupting event: say what is done then, or remove it.",
    ),
    "undo-twice": (
        "它所撤销的活动已由“{by}”撤销：请把两者并成一个子流程。",
        "“{by}” undoes the same activity already: make one sub-process of both.",
    ),
    "undo-with-border": (
        "撤销用的活动边上不能有事件：请删去这个事件，或把它放进撤销用的子流程里。",
        "No event may stand at the border of what undoes an activity: remove it, or let the "
        "activity be a sub-process and put the event inside.",
    ),
    "undo-in-flow": (
        "撤销用的活动和补偿事件不在流程的路线上，只用关联相连：请删去这条连线。",
        "What undoes an activity, and its compensation event, are connected by an association "
        "alone, and no sequence flow leads there or away: remove this flow.",
    ),
    "undo-of-nothing": (
        "它标为补偿（isForCompensation），却没有附在活动边上的补偿事件用关联通到它："
        "请画上这条关联并去掉连线，或去掉这个标记。",
        "It is marked for compensation (isForCompensation), and no compensation event at the "
        "border of an activity leads to it by an association: draw that, without sequence flows, "
        "or remove the mark.",
    ),
    "no-start": ("没有开始的地方，请加一个开始事件。", "Nothing begins here: add a start event."),
    "scope-empty": (
        "子流程是空的：请画出里面要做的事，或改为任务。",
        "The sub-process is empty: draw what is done in it, or make it a task.",
    ),
    "start-twice": (
        "这里是又一个开始，流程只能从一处开始（已有“{first}”）：请并成一个，后接网关。",
        "This is one more beginning beside “{first}”, and there may be one: make them one, with a "
        "gateway behind it.",
    ),
    "never-reached": (
        "从开始走不到这里，请接上或删去。",
        "No way from the start leads here: connect it, or remove it.",
    ),
    "link-without-target": (
        "没有同名的链接捕获事件，请加上或改名。",
        "There is no catching link event of this name: add it, or correct the name.",
    ),
    "terminate-inside": (
        "子流程里的终止事件只结束子流程；请改为普通结束，或把它移到外层流程。",
        "A terminate event inside a sub-process ends that alone, which packs do not know: use a "
        "plain end, or move it to the process.",
    ),
    "ways-cross": (
        "流程本身没有错，但这里的路线互相交叉，写不成块：请让从一个网关分出的路在同一个网关汇合（这里通向：{ways}）。",
        "The flow is sound, and its ways cross here, so that it is not made of blocks: let the "
        "ways out of one gateway come together at one (from here they lead to: {ways}).",
    ),
    "unsound-stuck": (
        "走到这里会停住，再也走不下去。走法：{path}。请核对并行与排他网关是否配对。",
        "Here the flow may come to a stand and never go on. The path: {path}. See whether parallel "
        "and exclusive gateways fit one another.",
    ),
    "unsound-twice": (
        "同一条路会同时走两遍。走法：{path}。请在汇合处用与分开处同类的网关。",
        "The same way may be gone twice at once. The path: {path}. Let a gateway of the same kind "
        "bring together what one has parted.",
    ),
    "unsound-endless": (
        "从这里永远走不到结束。走法：{path}。请给循环加一条出路。",
        "From here the end is never reached. The path: {path}. Give the loop a way out.",
    ),
    "unproved": (
        "查看了 {states} 种状态，仍不能证明流程走得通；查到这里为止：{path}。请把它拆成子流程。",
        "{states} states were looked at, which does not prove that the flow comes to its end; it "
        "was followed as far as: {path}. Divide it into sub-processes.",
    ),
    "race-of-others": (
        "事件网关后面只能直接接捕获事件或接收任务。",
        "Only catching events and receive tasks may follow an event-based gateway.",
    ),
    "race-with-border": (
        "事件网关后面的接收任务不能再附边界事件：请改为在网关后面接捕获事件。",
        "No event may stand at the border of a receive task behind an event-based gateway: let a "
        "catching event follow the gateway.",
    ),
    "plan-needs-written": (
        "这个随意子流程里的先后写在扩展元素的 needs 里：请在那里写，并删去活动之间的连线。",
        "What comes after what in this ad-hoc sub-process stands under `needs` in the extension "
        "elements: write it there, and remove the flows between its activities.",
    ),
    "plan-needs-unnamed": (
        "随意子流程里，别的活动只能等步骤和子流程办完：请改为用户任务或子流程，或删去连线。",
        "Inside an ad-hoc sub-process only steps and sub-processes may be waited for: make it a "
        "user task or a sub-process, or remove the flow.",
    ),
    "blocks-too-deep": (
        "嵌套超过 {limit} 层，请把里面的部分做成子流程并调用。",
        "Choices and sub-processes are nested deeper than {limit} levels: make processes of inner "
        "parts, and call them.",
    ),
    "plan-with-order": (
        "随意子流程里不能有网关和事件，请改用普通子流程。",
        "There may be no gateways and events in an ad-hoc sub-process: use a plain one.",
    ),
}

_CONDITIONS = {
    "plan-condition": (
        "随意子流程里的连线不能带条件：请删去条件，导入后在步骤里写 when。",
        "A flow inside an ad-hoc sub-process has no condition: remove it, and write `when` at the "
        "step after the import.",
    ),
    "condition-not-feel": (
        "条件读不懂：{text}。请写成 FEEL，例如 amount > 100。",
        "This condition is not understood: {text}. Write it in FEEL, as in amount > 100.",
    ),
    "condition-missing": (
        "没有写条件，请补上 FEEL 表达式。",
        "The condition is missing: write it in FEEL.",
    ),
    "condition-misplaced": (
        "这条连线带条件，却不是从排他或包容网关出来的：请在前面加排他网关。",
        "This flow has a condition and comes from no exclusive or inclusive gateway: put an "
        "exclusive gateway before it.",
    ),
    "no-condition": (
        "通向“{to}”的连线没有条件，前面也不是由人办的任务："
        "请在连线上写 FEEL 条件，或在网关前加一个用户任务来决定。",
        "The flow to “{to}” has no condition, and no work of people stands before: write a FEEL "
        "condition on the flow, or let a user task before the gateway decide.",
    ),
    "loop-without-condition": (
        "循环标记没有写条件，请在 loopCondition 里写 FEEL。",
        "The loop marker has no condition: write FEEL into its loopCondition.",
    ),
    "many-without-count": (
        "多实例没有写明 1 至 1000 的次数：请写 loopCardinality，或导入后改用 each 列出清单。",
        "This multi-instance activity does not say how many, from 1 to 1000: write a "
        "loopCardinality, or model one instance and put it into `each` after the import.",
    ),
    "timer-unread": (
        "定时器读不懂：{text}。请写单一单位的 ISO 时长（P3D、PT2H）或带时刻的日期；"
        "要算出来的时间，先写一个大概的，导入后在流程包里改。",
        "This timer is not understood: {text}. Write an ISO duration of one unit (P3D, PT2H), or a "
        "date with its time; where it is calculated, write one for now, and say how in the pack "
        "after the import.",
    ),
    "timer-missing": (
        "定时器没有写时间：请写 ISO 时长（P3D、PT2H）或带时刻的日期。",
        "The timer does not say when: write an ISO duration (P3D, PT2H), or a date with its time.",
    ),
    "timer-so-often": (
        "定时器 {text} 只响几次就停，流程包里没有对应：请写成不限次数（R/PT1H），"
        "或一次一个定时事件。",
        "This timer comes so many times and then no more, {text}, which packs do not know: let it "
        "come as long as the work lasts (R/PT1H), or use one timer event for each time.",
    ),
    "timer-of-block": (
        "事件子流程不能从进入外层时起计时：请在外层子流程的边上附定时事件；"
        "它直接在流程里的，请先把要办的事放进一个子流程。",
        "An event sub-process cannot count from when what it stands in was entered: put a timer at "
        "the border of the sub-process around it; where it stands in the process itself, draw a "
        "sub-process around the work first.",
    ),
}

_ELEMENTS = {
    "element-unknown": (
        "{kind} 在流程包里没有对应，请改用用户任务、子流程或网关。",
        "There is no counterpart to {kind} in packs: use user tasks, sub-processes or gateways.",
    ),
    "service-task": (
        "服务任务没有写明做什么：请改为用户任务，"
        "或写上扩展元素 tuoban:construct，其中 tuoban:do 写活动名。",
        "The service task does not say which activity does it: make it a user task, or give it the "
        "extension element tuoban:construct, in which tuoban:do names an activity.",
    ),
    "script-task": (
        "脚本不予执行：请改为用户任务，或用扩展元素写成 set。",
        "Scripts are not run: make it a user task, or say what is set in an extension element.",
    ),
    "rule-task": (
        "业务规则任务没有带决策表：请用 DMN 导入决策表（tuoban decide --as-table），"
        "再用扩展元素写成 decide。",
        "The business rule task brings no table: take the table over from DMN (tuoban decide "
        "--as-table), and name it by `decide` in an extension element.",
    ),
    "transaction": (
        "没有事务子流程的对应：请改为普通子流程，撤销用补偿事件。",
        "There is no counterpart to transactions: use a plain sub-process, and compensation events "
        "for what is undone.",
    ),
    "complex-gateway": (
        "复杂网关没有对应：请改为并行、包容或排他网关。",
        "There is no counterpart to complex gateways: use parallel, inclusive or exclusive ones.",
    ),
    "call-of-nothing": (
        "没有写明调用哪个流程：请写上 calledElement，或改为用户任务。",
        "It does not say which process it calls: write its calledElement, or make it a user task.",
    ),
    "call-of-itself": (
        "流程不能调用自己：请改用循环标记，或画一条回到前面的连线。",
        "A process cannot call itself: use a loop marker, or a flow that leads back.",
    ),
    "call-of-empty": (
        "调用的流程 {called} 是空的：请画出里面要做的事，或改为用户任务。",
        "The called process {called} is empty: draw what is done in it, or make this a user task.",
    ),
    "call-of-task": (
        "调用的 {called} 是全局任务，流程包里只能调用流程：请把这里改为用户任务。",
        "What is called, {called}, is a global task, and packs call processes alone: make this a "
        "user task.",
    ),
    "call-unknown": (
        "调用的流程 {called} 不在文件里：请把它放进同一个文件，或改为子流程。",
        "The called process {called} is not in the file: put it into the same file, or use a "
        "sub-process.",
    ),
    "event-unknown": (
        "没有 {kind} 事件的对应：请改用消息、定时、条件事件，"
        "错误可改为任务的一种结果再接排他网关。",
        "There is no counterpart to events of the kind {kind}: use message, timer or conditional "
        "events; an error may be an outcome of the task, with an exclusive gateway behind it.",
    ),
    "event-several": (
        "一个事件等几样东西，没有对应：请改用事件网关。",
        "One event that waits for several things has no counterpart: use an event-based gateway.",
    ),
    "event-several-done": (
        "一个事件做几样事，没有对应：请分成几个事件，一个接一个。",
        "One event that does several things has no counterpart: let several events follow one "
        "another.",
    ),
    "event-of-nothing": (
        "没有说明等什么：请设成消息、定时或条件事件。",
        "It does not say what it waits for: make it a message, timer or conditional event.",
    ),
    "start-inside": (
        "子流程和被调用的流程由外面开始，不能由 {kind} 事件开始："
        "请删去它的事件定义，或在里面改用中间捕获事件。",
        "A sub-process or a called process begins from outside, and not by an event of the kind "
        "{kind}: remove the event definition, or let a catching event follow the start.",
    ),
    "event-elsewhere": (
        "事件定义写在了事件外面（eventDefinitionRef）：请把它移进这个事件。",
        "The event definition stands outside of the event (eventDefinitionRef): put it into the "
        "event.",
    ),
    "instantiates": (
        "不能由任务或网关开始流程（{attribute}={value}）：请在前面放一个消息开始事件，并去掉这个属性。",
        "Neither a task nor a gateway begins a process ({attribute}={value}): put a message start "
        "event before it, and remove the attribute.",
    ),
    "quantity": (
        "流程包里一条路一次走一遍，没有 {attribute}={value} 的对应：请改为 1，要做几遍的用多实例。",
        "A way is gone once at a time in packs, and there is no counterpart to "
        "{attribute}={value}: make it 1, and use a multi-instance marker for what is done several "
        "times.",
    ),
    "waits-for-all": (
        "没有同时等几样东西的对应（{attribute}={value}）：请用并行网关，一路等一样。",
        "There is no counterpart to waiting for several things together ({attribute}={value}): "
        "use a parallel gateway, with one event on each way.",
    ),
    "one-at-a-time": (
        "随意子流程里的活动不能限定一次一个（{attribute}={value}）：请去掉，或用连线排出先后。",
        "Packs do not let the work of an ad-hoc sub-process be done one at a time "
        "({attribute}={value}): remove it, or say by flows what comes after what.",
    ),
    "start-of-other": (
        "流程不能由 {kind} 事件开始：请改为普通或消息开始事件，定期开始可导入后写在 starts 里。",
        "A process cannot begin by an event of the kind {kind}: use a plain or a message start; "
        "what begins regularly can be written under `starts` after the import.",
    ),
    "no-resource": (
        "指派给 {name}，文件里却没有这个资源：请补上，或改用泳道。",
        "It is assigned to {name}, and there is no such resource in the file: add it, or use a "
        "lane.",
    ),
    "extension-unread": (
        "扩展元素里的 {key} 读不懂，请按流程包的写法改正或删去。",
        "What {key} says in the extension element is not understood: write it as packs do, or "
        "remove it.",
    ),
    "drawn-otherwise": (
        "画的是 {found}，而 Tuoban 的扩展元素里写的是 {written}："
        "请在扩展元素里改，或删去扩展元素，或恢复原样。",
        "It is drawn as {found}, and the extension element of Tuoban says {written}: change it "
        "there, or remove the extension element, or draw it as it was.",
    ),
    "not-alone": (
        "这个子流程是包着 {word} 的，里面只能有这一组网关：请把别的移出去，或删去扩展元素。",
        "This sub-process stands for {word}, so that only those gateways may be in it: move the "
        "rest out of it, or remove its extension element.",
    ),
}

_WARNINGS = {
    "ways-stepped": (
        "路线互相交叉，写不成块：已写成一个循环，由字段决定下一处；想要好读，请让分开的路在同一个网关汇合。",
        "Ways cross here: they are written as a loop in which a field says what comes next. It "
        "reads better where ways out of one gateway come together at one.",
    ),
    "not-carried": (
        "{kind} 没有带进流程包。",
        "{kind} is not carried into the pack.",
    ),
    "data-left": (
        "{kind} 没有带进流程包；需要的数据请写成字段。",
        "{kind} is not carried into the pack; data that is needed is written as fields.",
    ),
    "part-left": (
        "其中的 {kind} 没有带进流程包。",
        "Its {kind} is not carried into the pack.",
    ),
    "extension-left": (
        "其他工具的扩展 {kind}（{namespace}）没有带进流程包。",
        "The extension {kind} of another tool ({namespace}) is not carried into the pack.",
    ),
    "import-left": (
        "没有读取外部文件 {location}。",
        "The file outside, {location}, is not fetched.",
    ),
    "pool-empty": (
        "池里没有流程，没有带进流程包；对方的回应可写成消息或由外部角色办理的步骤。",
        "The pool holds no process and is not carried into the pack; what others answer may be a "
        "message, or a step of an outside role.",
    ),
    "message-flow": (
        "从 {source} 到 {target} 的消息流没有带进流程包；收发由事件和任务表示。",
        "The message flow from {source} to {target} is not carried into the pack; events and tasks "
        "say what is sent and received.",
    ),
    "process-empty": (
        "流程是空的，没有带进流程包。",
        "The process is empty, and not carried over.",
    ),
    "process-left": (
        "没有人调用这个流程，没有带进流程包。",
        "Nothing calls this process, and it is not carried into the pack.",
    ),
    "name-left": (
        "它的名称没有带进流程包。",
        "Its name is not carried into the pack.",
    ),
    "attribute-left": (
        "{namespace} 的属性 {kind}（{value}）没有带进流程包。",
        "The attribute {kind} of {namespace} ({value}) is not carried into the pack.",
    ),
    "remark-kept": (
        "说明文字写成了流程包开头的注释。",
        "What is said in words here is a comment at the head of the pack.",
    ),
    "not-executable": (
        "流程标为不可执行（isExecutable）；导入后照样能运行，请核对要办的事是否都画全了。",
        "The process is marked as not executable. The pack can be run all the same: see whether "
        "all that is to be done is drawn.",
    ),
    "undo-unmarked": (
        "它由补偿事件相连，却没有标为补偿（isForCompensation）；已按补偿读入。",
        "A compensation event leads to it, and it is not marked for compensation "
        "(isForCompensation): it is read as though it were.",
    ),
    "event-passed": (
        "这个中间事件没有说明抛出什么，流程经过它时什么也不做，没有带进流程包。",
        "This event does not say what it throws: nothing is done there, and it is not carried into "
        "the pack.",
    ),
    "default-unknown": (
        "默认连线 {reference} 不是从这里出去的连线，没有带进流程包。",
        "The default, {reference}, is no flow out of it, and is not carried into the pack.",
    ),
    "name-kept": (
        "图上没有名称了，流程包里仍叫“{name}”：要改名，请在图上写新名称。",
        "It has no name in the drawing any more, and keeps “{name}” in the pack: to rename it, "
        "write the new name there.",
    ),
    "declared-left": (
        "图上不再有 {section} 的 {name}，流程包里仍然声明着：不要了请在扩展元素或流程包里删去。",
        "{name} of {section} is in the drawing no more, and stays declared in the pack: if it is "
        "not needed, remove it in the extension element or in the pack.",
    ),
    "performer-left": (
        "用表达式指派的办理人没有带进流程包，请导入后写在 by 里。",
        "A performer that is calculated is not carried over: write it under `by` after the import.",
    ),
    "role-made": (
        "没有泳道也没有办理人，暂由角色“{name}”办理。",
        "It stands in no lane and has no performer: the role “{name}” does it.",
    ),
    "signal-as-message": (
        "信号按消息处理。",
        "The signal is read as a message.",
    ),
    "condition-read": (
        "条件 {text} 读作 FEEL：{feel}。",
        "The condition {text} is read as FEEL: {feel}.",
    ),
    "field-made": (
        "条件里的 {name} 没有声明，已作为 {type} 字段，在前面的步骤或发起时填写。",
        "The condition names {name}, which is taken for a field of type {type}, asked by the steps "
        "before it, or at the start.",
    ),
    "no-default": (
        "没有默认连线：条件都不成立时，哪条路也不走，个案接着办这组选择之后的事；请指定一条默认连线。",
        "No flow out of it is the default: where no condition holds, no way is taken, and the case "
        "goes on to what follows the choice. Make one flow the default.",
    ),
    "no-default-way": (
        "没有默认连线：条件都不成立时，个案走向“{to}”；请指定一条默认连线。",
        "No flow out of it is the default: where no condition holds, the case goes on to “{to}”. "
        "Make one flow the default.",
    ),
    "condition-always": (
        "条件 {text} 什么时候都成立，等于没有写，没有带进流程包。",
        "The condition {text} always holds, so that it says no more than none, and is not carried "
        "into the pack.",
    ),
    "condition-alone": (
        "条件 {text} 写在唯一的出路上，不决定什么，没有带进流程包。",
        "The condition {text} stands on the only way out, where it decides nothing, and is not "
        "carried into the pack.",
    ),
    "default-condition": (
        "默认连线上的条件 {text} 不起作用，没有带进流程包。",
        "The condition {text} stands on a default flow, where it decides nothing, and is not "
        "carried into the pack.",
    ),
    "field-renamed": (
        "条件里的 {said} 不能作字段名，改叫 {name}。",
        "No field may be called {said}, which the condition names: it is called {name}.",
    ),
    "lanes-left": (
        "这是又一组泳道：只有第一组作为角色，这一组没有带进流程包。",
        "This is one more set of lanes: those of the first are roles, and this one is not carried "
        "into the pack.",
    ),
    "message-unknown": (
        "引用的 {reference} 文件里没有，已按名称“{name}”建一种消息。",
        "It refers to {reference}, which is not in the file: a message “{name}” was made.",
    ),
    "drawn-left": (
        "画的是 {found}，没有带进流程包：以 Tuoban 扩展元素里写的 {written} 为准。",
        "It is drawn as {found}, which is not carried into the pack: what the extension element of "
        "Tuoban says holds, {written}.",
    ),
    "warnings-left": (
        "此外还有 {count} 条提醒没有列出。",
        "There are {count} more warnings, which are not listed.",
    ),
    "taken-as-default": (
        "通向“{to}”的连线没有条件，已当作默认连线；请把它指定为默认。",
        "The flow to “{to}” has no condition, and is taken for the default: make it the default.",
    ),
    "way-asked": (
        "没有条件：由字段 {name} 决定走哪条路，在前面的步骤填写。",
        "There are no conditions: {name}, asked by the steps before it, says which way is taken.",
    ),
    "outcomes-made": (
        "没有条件，由步骤 {step} 的办理结果决定走哪条路。",
        "There are no conditions: the outcome of the step {step} says which way is taken.",
    ),
}

ALSO = ("（另见第 {lines} 行）", " (also: line {lines})")
"""Where else the same holds."""
TEXTS: dict[str, tuple[str, str]] = (
    {**xml_files.TEXTS} | _FILE | _FLOW | _CONDITIONS | _ELEMENTS | _WARNINGS
)

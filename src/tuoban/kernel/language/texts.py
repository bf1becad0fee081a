"""What can be wrong with a pack: every code with its text in both languages, zh first.

`{...}` are the facts of the problem. A test keeps this table and the codes that are raised
together; the codes of expressions stand with the expressions.
"""

from __future__ import annotations

from tuoban.kernel.decisions import TEXTS as DECISIONS
from tuoban.kernel.language.notation_texts import NOTATION, Texts
from tuoban.kernel.language.tables.texts import ALREADY_TOLD, TABLES

AT_STEP = ("（用于步骤“{step}”时）", " (for the step “{step}”)")

DID_YOU_MEAN = ("是否想写“{nearest}”？", " Did you mean “{nearest}”?")

_KEYS: Texts = {
    "empty-pack": ("文件是空的。", "The file is empty."),
    "unexpected-kind": (
        "这里写的是{found}，应为{expected}。",
        "Found {found}, expected {expected}.",
    ),
    "full-width-colon": (
        "这里用了中文冒号“：”，请改成英文冒号加空格“: ”。",
        "Full-width colon “：”; write an ordinary colon and a space “: ”.",
    ),
    "full-width-mark": (
        "这里用了全角的“{found}”，请改成半角的“{instead}”。",
        "Full-width “{found}”; write an ordinary “{instead}”.",
    ),
    "blank-text": ("这里是空白，应为{expected}。", "This is blank, expected {expected}."),
    "unknown-key": (
        "这里没有“{key}”这一项，可写：{known}。",
        "There is no “{key}” here; possible: {known}.",
    ),
    "unknown-word": (
        "这里不能写“{word}”，可写：{known}。",
        "“{word}” cannot stand here; possible: {known}.",
    ),
    "not-supported-yet": (
        "“{word}”暂不支持。",
        "“{word}” is not supported yet.",
    ),
    "key-missing": ("缺少“{key}”。", "“{key}” is missing."),
    "value-missing": ("“{key}”没有值。", "“{key}” has no value."),
    "not-together": (
        "“{key}”和“{other}”不能同时写。",
        "“{key}” and “{other}” exclude one another.",
    ),
    "empty-list": ("这里至少要写一项。", "At least one entry is needed here."),
    "listed-twice": ("“{name}”列了两次。", "“{name}” is listed twice."),
    "not-a-number": ("“{text}”不是数字，例如 12.5。", "“{text}” is not a number such as 12.5."),
    "not-a-count": ("应为大于 0 的整数。", "A whole number above 0 is expected."),
    "not-a-date": (
        "“{text}”不是有效的日期，例如 2026-03-01 或 2026-03-01 09:30。",
        "“{text}” is not a date such as 2026-03-01 or 2026-03-01 09:30.",
    ),
    "bad-value": ("“{text}”不是{expected}。", "“{text}” is not {expected}."),
}

_HEADER: Texts = {
    "bad-slug": (
        "流程包的代号“{text}”应为小写字母、数字和连字符，例如 car-aftersales。",
        "The pack's slug “{text}” consists of small letters, digits and hyphens, as in "
        "car-aftersales.",
    ),
    "bad-version": (
        "版本“{text}”应为最多 32 个字母、数字、点和连字符，例如 2026.1。",
        "The version “{text}” consists of at most 32 letters, digits, dots and hyphens, as in "
        "2026.1.",
    ),
    "bad-currency": (
        "货币“{text}”应为三个大写字母的代码，例如 CNY。",
        "The currency “{text}” is a code of three capitals, such as CNY.",
    ),
    "bad-case-number": (
        "编号的前缀“{text}”应为最多 12 个大写字母、数字、汉字或连字符，例如 IT。",
        "The prefix “{text}” consists of at most 12 capitals, digits, Chinese characters or "
        "hyphens, such as IT.",
    ),
    "stray-brace": (
        "花括号不配对；字段请写成 {{字段名}}。",
        "The braces do not match; a field is written as {{field}}.",
    ),
    "priority-not-choice": (
        "优先级字段“{name}”的类型是 {type}，应为 choice，选项按紧急程度从高到低排列。",
        "The priority field “{name}” is of type {type}; it must be a choice whose options stand "
        "in the order of urgency, the most urgent first.",
    ),
}

_NAMES: Texts = {
    "bad-name": (
        "“{name}”不能作名称：用小写字母、数字、下划线或汉字，不以数字开头，最多 60 个字符。",
        "“{name}” cannot be a name: use small letters, digits, underscores or Chinese "
        "characters, no digit first, at most 60.",
    ),
    "reserved-name": (
        "“{name}”在这里另有含义，请换一个名称。",
        "“{name}” has a meaning of its own here; choose another name.",
    ),
    "name-taken": (
        "名称“{name}”已在第 {line} 行用过；字段、步骤和环节不能重名。",
        "The name “{name}” is taken on line {line}; fields, steps and blocks share one set of "
        "names.",
    ),
    "unknown-role": ("没有“{name}”这个角色。", "There is no role “{name}”."),
    "unknown-field": ("没有“{name}”这个字段。", "There is no field “{name}”."),
    "unknown-step": ("没有“{name}”这个步骤或环节。", "There is no step or block “{name}”."),
    "not-a-step": (
        "“{name}”不是步骤，这里只能写步骤。",
        "“{name}” is not a step; only a step can stand here.",
    ),
    "names-itself": ("“{name}”不能指向自己。", "“{name}” cannot refer to itself."),
    "label-missing": (
        "“{name}”没有 zh 或 en 名称，将直接显示“{name}”。",
        "“{name}” has neither zh nor en; it will be shown as “{name}”.",
    ),
    "untranslated": ("“{text}”没有译文。", "“{text}” is not translated."),
    "translation-unused": (
        "流程包里没有“{text}”这段文字，这条译文用不上。",
        "The pack holds no text “{text}”; this translation is not used.",
    ),
    "role-unused": ("角色“{name}”没有用到。", "Nothing in the pack uses the role “{name}”."),
}

_FIELDS: Texts = {
    "unknown-type-of-field": (
        "没有“{name}”这种类型，可写：{known}。",
        "There is no type “{name}”; possible: {known}.",
    ),
    "key-not-for-type": (
        "{type} 类型不能写“{key}”，它只用于：{known}。",
        "“{key}” does not go with the type {type}, only with: {known}.",
    ),
    "key-not-for-list": (
        "列表不能写“{key}”。",
        "“{key}” does not go with a list.",
    ),
    "unknown-element": (
        "没有“{name}”这种记录或类型，列表可由它们组成：{known}。",
        "There is no record or type “{name}”; a list may be made of: {known}.",
    ),
    "options-of-list": (
        "只有由 choice 组成的列表才能写选项。",
        "Only a list of choices has options.",
    ),
    "key-not-in-record": (
        "记录的栏目不能写“{key}”。",
        "“{key}” cannot be said of a record's field.",
    ),
    "personal-in-record": (
        "记录里不能有个人信息：每一行都会以明文留存。请把它放到单独的字段。",
        "A record cannot hold personal values: its rows are kept in the clear. Give it a field of "
        "its own.",
    ),
    "list-in-record": (
        "记录里不能再有列表。",
        "A record cannot hold a list.",
    ),
    "key-beside-is": (
        "算出来的字段不用人填，不能写“{key}”。",
        "Nobody enters a field that is computed, so that it takes no “{key}”.",
    ),
    "computed-in-circle": (
        "计算绕成了圈：{chain}。",
        "These are computed from one another: {chain}.",
    ),
    "computed-not-here": (
        "“{name}”是算出来的，这里要用由人填写的字段。",
        "“{name}” is computed; a field that somebody enters belongs here.",
    ),
    "no-case-in-computed": (
        "计算里不能用 case，请直接写字段名。",
        "What is computed cannot read case; write the name of the field.",
    ),
    "personal-computed": (
        "计算用到了个人信息“{name}”，结果会以明文显示。请改用不含个人信息的内容。",
        "What is computed reads “{name}”, which is personal, and would be shown in the clear. Use "
        "something that is not personal.",
    ),
    "per-not-rows": (
        "“{name}”不是由记录组成的列表，没有可逐行核对的内容。",
        "“{name}” is not a list of records, so that it has no rows to be checked.",
    ),
    "per-on-form": (
        "“{name}”就在这一步的表单里填写，行数还没定下来，不能逐行核对；请放到后面的步骤。",
        "“{name}” is entered on this step's own form, so that its rows do not stand yet; check "
        "them in a later step.",
    ),
    "record-unused": ("记录“{name}”没有用到。", "No list is made of the record “{name}”."),
    "bound-not-whole": (
        "整数字段的“{key}”应为整数。",
        "“{key}” of an integer field must be whole.",
    ),
    "bounds-crossed": (
        "下限 {min} 大于上限 {max}。",
        "The lower bound {min} is above the upper bound {max}.",
    ),
    "default-out-of-bounds": (
        "默认值 {text} 超出了上下限。",
        "The default {text} lies outside the bounds.",
    ),
    "unknown-default": (
        "“{name}”既不是选项，也不是已有的名称；选项有：{known}。",
        "“{name}” is neither an option nor a known name; the options are: {known}.",
    ),
    "setting-without-default": (
        "设置“{name}”要么写 default，要么写 required: true。",
        "The setting “{name}” needs either a default or required: true.",
    ),
    "per-without-options": (
        "“{text}”不是有选项的内容：这里写一个 choice 字段，或步骤的 outcome，例如 check.outcome。",
        "“{text}” has no options: write a field of type choice, or the outcome of a step, such as "
        "check.outcome.",
    ),
    "option-of-none": ("没有“{name}”这个选项。", "There is no option “{name}”."),
    "options-without-default": (
        "“{name}”还有选项没有默认值：{known}。请补上，或写 required: true。",
        "Some options of “{name}” have no default: {known}. Add them, or write required: true.",
    ),
    "field-never-asked": (
        "没有表单填写“{name}”，它将一直为空：默认值要有表单带上这个字段才生效。",
        "No form asks for “{name}”: it will always be empty, since a default is taken only by a "
        "form that carries the field.",
    ),
    "not-on-form": (
        "“{name}”不在这一步可填写的表单里，没法要求填写。",
        "“{name}” is not asked for on this step's form, so it cannot be required.",
    ),
    "wrong-kind": (
        "“{text}”是{found}，这里应为{expected}。",
        "“{text}” is {found}; {expected} is expected here.",
    ),
    "unknown-here": (
        "这里没有叫“{name}”的内容。",
        "Nothing is called “{name}” here.",
    ),
    "own-name-here": (
        "“{name}”是这一步自己的内容，办完才有值；needs、within 和 due 在办理之前判断，不能用它。",
        "“{name}” is this step's own and has no value before it is completed; needs, within and "
        "due are judged before, so they cannot use it.",
    ),
    "field-of-block": (
        "字段“{name}”属于声明它的步骤或块，只能在里面直接读取；在外面请写“名称.{name}”。",
        "The field “{name}” belongs to the step or block that declares it and is read there alone "
        "by its bare name; elsewhere write the name of that place, a dot and “{name}”.",
    ),
    "known-inside-only": (
        "“{name}”在逐项办理（each）里面，每一项各有一份，在外面不能直接读取。",
        "“{name}” stands inside an each and exists once for every element, so that it cannot be "
        "read from outside.",
    ),
    "personal-element": (
        "逐项办理的各项会记入流水，不能含个人信息“{name}”。请只取需要的部分。",
        "The elements of an each are kept in the journal, so that they may not hold the personal "
        "“{name}”. Take only the parts that are needed.",
    ),
    "personal-default": (
        "默认值用到了个人信息“{name}”，会以明文留存。请给这个字段加上 personal: true，或不用它。",
        "The default reads “{name}”, which is personal, and would be kept in the clear. Add "
        "personal: true to this field, or do without it.",
    ),
    "personal-limit": (
        "时限用到了个人信息“{name}”，会以明文留存。请改用不含个人信息的内容。",
        "The limit reads “{name}”, which is personal, and would be kept in the clear. Use "
        "something that is not personal.",
    ),
    "personal-unit": (
        "部门用到了个人信息“{name}”，会以明文留存。请改用不含个人信息的内容。",
        "The unit reads “{name}”, which is personal, and would be kept in the clear. Use something "
        "that is not personal.",
    ),
    "personal-person": (
        "这里用到了个人信息“{name}”，会以明文留存。请改用 person 类型的字段。",
        "This reads “{name}”, which is personal, and would be kept in the clear. Use a field of "
        "the type person.",
    ),
    "not-a-person": (
        "“{name}”不能指明由谁办理：请用 person 类型的字段，或某一步的 by。",
        "“{name}” cannot say who it is: use a field of the type person, or the by of a step.",
    ),
    "role-of-a-case": (
        "角色“{name}”由每个工单指定的人担任，只能单独写在步骤的 by 里。",
        "The role “{name}” is filled by a person in each case, and can only stand alone in the by "
        "of a step.",
    ),
    "bad-agreement": (
        "“{text}”应写成 all、any、人数（例如 2）或百分比（例如 60 %）。",
        "“{text}” should be all, any, a number such as 2, or a share such as 60 %.",
    ),
    "signer-outside": (
        "“{role}”是外部人员，在表单里签字，不必写“{key}”。",
        "“{role}” is an outside party, who signs in the form: “{key}” says nothing of them.",
    ),
    "joint-writes": (
        "这一步由多人共同办理，各填各的会互相覆盖：请把字段写进这一步自己的 fields。",
        "Several people do this step, and each would overwrite the others: declare the field "
        "under the fields of this step.",
    ),
    "personal-set": (
        "set 给字段的值会以明文留存，不能涉及个人信息“{name}”。请让人在表单上填写。",
        "What set gives a field is kept in the clear, so that it can have nothing to do with "
        "“{name}”, which is personal. Let somebody enter it on a form.",
    ),
    "no-clock-here": (
        "这里不能用“{name}”：时间过去并不会让条件重新判断。只有 default、rules 和 set 可以用；"
        "要按时间触发，请用 within 或 due。",
        "“{name}” cannot be used here: nothing would judge the condition again as time passes. "
        "Only default, rules and set may use it; for a moment, use within or due.",
    ),
}

_TIME: Texts = {
    "not-a-duration": (
        "“{text}”不是时长，例如 30 minutes。",
        "“{text}” is not a duration such as 30 minutes.",
    ),
    "unknown-unit": (
        "没有“{unit}”这个时间单位，可写：{known}。",
        "There is no unit of time “{unit}”; possible: {known}.",
    ),
    "limit-without-unit": (
        "“{text}”没有单位；请写成例如 30 minutes、2 working hours、3 workdays。",
        "“{text}” has no unit: write for example 30 minutes, 2 working hours, 3 workdays.",
    ),
    "length-not-above-zero": (
        "时长要大于零。",
        "A length of time must be above zero.",
    ),
    "length-not-whole": (
        "“{text}”：工作日、月、季度和年只能是整数；半天请写成工作小时。",
        "“{text}”: workdays, months, quarters and years are whole numbers; write half a day in "
        "working hours.",
    ),
    "late-of-which": (
        "这里不止一个时限，或时限已有自己的 late；请把 late 写进它所属的那个时限里。",
        "There is more than one limit here, or the limit has a late of its own: write late inside "
        "the limit it belongs to.",
    ),
    "every-too-often": (
        "“{text}”太密；反复发生的至少相隔 {shortest}。",
        "“{text}” is too often: what comes again and again keeps at least {shortest} between.",
    ),
    "element-unfit": (
        "“{name}”存不下 in 给出的各项：应是类型相符的工单字段，不能是个人信息、列表或计算字段。",
        "“{name}” cannot hold the elements that in gives: it must be a field of the case of their "
        "type, neither personal nor a list nor computed.",
    ),
    "bad-schedule": (
        "“{text}”不是周期：可写 day at 9:00、workday at 17:00、week on monday at 9:00、"
        "month on day 25 at 17:00、month on last workday at 17:00、quarter on day 10 at 9:00 "
        "或 year on 3-01 at 9:00。",
        "“{text}” is no schedule: write day at 9:00, workday at 17:00, week on monday at 9:00, "
        "month on day 25 at 17:00, month on last workday at 17:00, quarter on day 10 at 9:00 or "
        "year on 3-01 at 9:00.",
    ),
    "bad-calendar": (
        "“{text}”不是日历：可写 unit（工单所属部门）、performer（办理人）、always（全天候），"
        "或某个日历的代号。",
        "“{text}” is no calendar: write unit (the unit of the case), performer (whoever does it), "
        "always (round the clock), or the key of a calendar.",
    ),
    "no-inbox": (
        "“{name}”是外部人员，没有收件箱；要告诉代为登记的人，请写 {role}。",
        "“{name}” is an outside party and has no inbox; to tell those who record for it, write "
        "{role}.",
    ),
    "no-performer-here": (
        "这里没有办理人：只有步骤才有 performer。",
        "Nobody performs this: only a step has a performer.",
    ),
    "late-without-limit": (
        "写了 late，就要写 within 或 due，否则没有时限可言。",
        "late needs within or due: without them there is no limit to be late for.",
    ),
    "bad-late-time": (
        "“{text}”应写成 30 minutes before、at the limit、2 hours after 或 every week after。",
        "“{text}” should read like 30 minutes before, at the limit, 2 hours after or every week "
        "after.",
    ),
    "bad-late-action": (
        "“{text}”应写成 tell 角色、tell performer 或 escalate to 角色。",
        "“{text}” should read like tell <role>, tell performer or escalate to <role>.",
    ),
}

_PROCESS: Texts = {
    "no-construct": (
        "这里应有一个环节，以其中之一开头：{known}。",
        "A construct should stand here, beginning with one of: {known}.",
    ),
    "otherwise-not-last": (
        "otherwise 只能是最后一个分支。",
        "otherwise can only be the last branch.",
    ),
    "end-labelled-twice": (
        "结束“{name}”有两个不同的名称。",
        "The end “{name}” has two different labels.",
    ),
    "loop-unmoved": (
        "循环里没有任何步骤能改变这个条件，可能永远不会停。",
        "Nothing done inside the loop can change this condition; it may never stop.",
    ),
    "loop-may-spin": (
        "这个循环可能一轮接一轮地空转：里面的步骤都可能跳过。请写 at-most，或让其中一步不带条件。",
        "This loop may go round and round without anybody doing anything: all that is in it may be "
        "passed over. Write at-most, or leave one step without a condition.",
    ),
    "several-same": (
        "“{name}”在“{each}”里逐项办理，可能由不同的人办过，same-as 不知道是哪一位。请写 role。",
        "“{name}” is done for each element of “{each}”, perhaps by several people, so that same-as "
        "cannot tell which of them is meant. Write a role.",
    ),
    "same-as-excluded": (
        "same-as 要求由办过“{name}”的人办理，not 又不许他办理，谁也办不了。",
        "same-as gives this step to whoever did “{name}”, and not forbids exactly that person.",
    ),
    "nobody-to-take": (
        "到这一步时“{name}”可能没有办过，也就没有人可沿用。请在 same-as 旁边写上 role。",
        "“{name}” may not have been done by then, so there may be nobody to take. Write a role "
        "beside same-as.",
    ),
    "never-before": (
        "“{name}”不可能在这一步之前办理，没有人可沿用。",
        "“{name}” can never be done before this step, so there is nobody to take.",
    ),
    "return-not-before": (
        "不能退回到“{name}”：它不在这一步之前，或在同时进行的另一分支里。",
        "Work cannot be returned to “{name}”: it does not stand before this step, or stands in "
        "another branch that runs at the same time.",
    ),
    "no-end": (
        "流程走到这里之后没有结束：每条路最后都要写 end。",
        "The process goes on behind this without an end: every way must finish with end.",
    ),
    "dead-step": (
        "永远走不到这里：第 {line} 行之后流程一定已经结束。",
        "This is never reached: the process has always ended by line {line}.",
    ),
    "needs-never-met": (
        "这一步没法等“{name}”：它在这一步之后、在同一选择的另一条分支里，或包含这一步。",
        "This step cannot wait for “{name}”: it comes later, stands in another branch of the same "
        "choice, or contains this step.",
    ),
    "needs-withdrawn": (
        "“{name}”所在的块（第 {line} 行）可能在它办完之前就结束，那时它被撤回，等它就永远办不了。"
        "请改写成没有它也能成立的条件，或等整个块。",
        "The block “{name}” stands in (line {line}) may be left before it is done; it is then "
        "withdrawn, and what waits for it would wait for ever. Write a condition that also holds "
        "without it, or wait for the whole block.",
    ),
    "join-above-branches": (
        "join 写的是 {count}，但只有 {branches} 个分支，永远不够。",
        "join asks for {count} branches, but there are only {branches}: there can never be enough.",
    ),
    "bad-join": (
        "“{text}”不能作 join：可写 all（全部）、any（任一），或大于 0 的整数。",
        "“{text}” is no join: write all, any, or how many branches are enough.",
    ),
    "needs-never-filled": (
        "在这一步办完之前，没有哪里填写“{name}”；而 needs 在办理之前判断，这一步永远办不了。"
        "请在更早的一步填写；若要核对填写的内容，请用字段的 rules。",
        "Nothing enters “{name}” before this step is done, and needs are judged before: the step "
        "can never be done. Ask for it in an earlier step; to check what is entered, use the "
        "field's rules.",
    ),
    "wait-never-true": (
        "在等待期间和之前，没有哪里填写“{name}”，这个条件永远不成立。",
        "Nothing enters “{name}” before or during this wait: the condition can never hold.",
    ),
    "wait-unmoved": (
        "等待期间没有任何步骤在进行，能改变这个条件：它要么一开始就成立，要么永远等下去。"
        "请把它放进 parallel，与改变它的步骤同时进行，或改用时刻。",
        "Nothing that runs during this wait can change the condition: it holds at once, or the "
        "case waits for ever. Let it stand in a parallel beside the steps that change it, or wait "
        "for a moment.",
    ),
    "needs-circle": (
        "互相等待，谁也办不了：{circle}。",
        "These wait for one another, so none can ever be done: {circle}.",
    ),
    "elements-write": (
        "“{each}”的各项同时进行，都填写字段“{name}”，后写的会覆盖先写的。"
        "请写 order: one by one，或把字段放到“{each}”的 fields 里。",
        "The elements of “{each}” run at the same time and all fill in “{name}”; the later would "
        "overwrite the earlier. Write order: one by one, or put the field into the fields of "
        "“{each}”.",
    ),
    "needs-reaction": (
        "“{name}”是可能发生、也可能不发生的事，不能等它办完。"
        "请写条件，例如 {{that: {name}.open = 0}}。",
        "“{name}” may happen or not, so that nothing can wait for it. Write a condition, such as "
        "{{that: {name}.open = 0}}.",
    ),
    "return-not-needed": (
        "在计划里只能退回到这一步需要（needs）的内容，“{name}”不在其中。",
        "Inside a plan work goes back only to what the step needs; “{name}” is not among that.",
    ),
    "unknown-process": (
        "没有叫“{name}”的子流程（processes）。",
        "No process under processes is called “{name}”.",
    ),
    "calls-itself": (
        "子流程“{name}”又调用了自己，永远不会结束。",
        "The process “{name}” calls itself, so that it would never end.",
    ),
    "never-called": (
        "没有任何地方调用子流程“{name}”。",
        "Nothing calls the process “{name}”.",
    ),
    "personal-given": (
        "交给子流程的内容用到了个人信息“{name}”，会以明文留存。",
        "What is handed to the process reads “{name}”, which is personal, and would be kept in the "
        "clear.",
    ),
    "lapses-out-of-reach": (
        "“{name}”可能失效，但它所在的块那时可能已经结束，无法重新办理。"
        "请把它放到外面，或把需要它的步骤放进同一块。",
        "“{name}” may lapse when the block it stands in has been left, so that it could not be "
        "done again. Move it out, or put what needs it into the same block.",
    ),
    "moves-on-again": (
        "“every ... after”会反复到来，而 move on 只能发生一次。",
        "“every ... after” comes again and again, but the process can move on only once.",
    ),
    "case-moves-on": (
        "整个工单的时限不能写 move on：没有可以继续的下一步。请写 tell 或 escalate to。",
        "The limit of the whole case cannot move on: there is nothing behind it. Write tell or "
        "escalate to.",
    ),
    "no-trigger": (
        "看不出这件事何时发生，应写其中一个：{known}。",
        "This does not say what lets it happen; write one of: {known}.",
    ),
    "two-writers": (
        "同时进行的“{other}”和“{step}”都填写字段“{name}”，后写的会覆盖先写的。"
        "请只在一处填写，或放到各自的 fields 里。",
        "“{other}” and “{step}” run at the same time and both fill in “{name}”; the later would "
        "overwrite the earlier. Ask for it once, or give each step fields of its own.",
    ),
}

_EVERY_STEP: Texts = {
    "not-for-every-step": (
        "“{key}”各步不同，请写在步骤里；every-step 里可写：{known}。",
        "“{key}” differs from step to step: write it there; every-step may have: {known}.",
    ),
    "default-of-no-step": (
        "没有步骤用到这里的“{key}”。",
        "No step takes this “{key}”.",
    ),
}

_VARIANTS: Texts = {
    "bad-base": (
        "“{text}”应写成代号@版本，例如 car-aftersales@2026.1。",
        "“{text}” should be a slug and a version, such as car-aftersales@2026.1.",
    ),
    "unknown-base": (
        "找不到流程包“{name}”，它没有随产品提供，也没有发布，也不在旁边的文件夹里。",
        "There is no pack “{name}”: it neither comes with the product nor is it published, nor "
        "does it stand in a folder beside.",
    ),
    "extends-circle": (
        "流程包互相扩展，没有起点：{circle}。",
        "These packs extend one another: {circle}.",
    ),
    "too-many-bases": (
        "一个流程包后面最多有 {limit} 层基础。",
        "At most {limit} packs may stand behind one another.",
    ),
    "language-of-base": (
        "文字的语言要与基础流程包一致（{text}）；另一种语言请写在旁边的译文文件里。",
        "The texts are in the language of the base ({text}); the other language goes into the file "
        "beside the pack.",
    ),
    "unknown-setting": (
        "基础流程包里没有设置“{name}”；要新增设置，请写 type。",
        "The base has no setting “{name}”; a new one says its type.",
    ),
    "no-change": (
        "这里应是一处改动，以其中之一开头：{known}。",
        "A change should stand here, with one of: {known}.",
    ),
    "not-in-base": (
        "基础流程包里没有（或已经去掉了）“{name}”。",
        "The base does not hold “{name}”, or not any more.",
    ),
    "change-of-which": (
        "叫“{name}”的不止一处，看不出要改哪一处。",
        "More than one is called “{name}”, so that it is not plain which is meant.",
    ),
    "change-of-another-kind": (
        "“{name}”在基础流程包里是 {word}。",
        "In the base “{name}” is a {word}.",
    ),
    "change-leaves-nothing": (
        "“{name}”是所在环节里的最后一个，去掉就空了：请先添加别的，或去掉整个环节。",
        "“{name}” is the last in its block, which would be left empty: add something first, or "
        "remove the whole block.",
    ),
}

TEXTS: Texts = {
    **_VARIANTS,
    **_EVERY_STEP,
    **NOTATION, **_KEYS, **_HEADER, **_NAMES, **_FIELDS, **_TIME, **_PROCESS, **TABLES,
    **{code: DECISIONS[code] for code in DECISIONS if code not in ALREADY_TOLD},
}  # fmt: skip

WORDS: Texts = {
    "@nothing": ("空白", "nothing"),
    "@text": ("文字", "a text"),
    "@list": ("列表", "a list"),
    "@mapping": ("“键: 值”", "keys with values"),
    "@label": ("文字，或 {zh, en}", "a text, or {zh, en}"),
    "@name": ("名称", "a name"),
    "@pack": ("流程包（pack、title、process 等）", "a pack (pack, title, process and so on)"),
    "@field": ("字段说明，例如 {type: text, zh: 名称}", "a field such as {type: text, zh: 名称}"),
    "@field-name": ("字段名，或 {字段名: 值}", "a field's name, or {field: value}"),
    "@tell": ("“角色: inbox”", "a role with inbox"),
    "@channel": ("inbox（收件箱）", "inbox"),
    "@form-entry": ("字段名，或 {field, required}", "a field's name, or {field, required}"),
    "@construct": ("一个环节，例如 step: 名称", "a construct such as step: name"),
    "@change": (
        "改动，例如 {after: 步骤名, add: [...]}",
        "a change such as {after: step, add: [...]}",
    ),
    "@branch": ("分支，写 when 和 then", "a branch with when and then"),
    "@need": ("步骤名、{step} 或 {that, else}", "a step's name, {step} or {that, else}"),
    "@table": ("用 | 画的表", "a table drawn with |"),
    "@condition": ("条件", "a condition"),
    "@value": ("值", "a value"),
    "@type": ("类型", "a type"),
    "@choice": ("选择字段的名称，或“步骤.outcome”", "the name of a choice, or step.outcome"),
    "@late-action": ("tell 或 escalate to", "tell or escalate to"),
    "@schedule": ("周期", "a schedule"),
    "@moment": ("时刻", "a moment"),
    "@phone": ("电话号码", "a telephone number"),
    "@integer": ("整数", "a whole number"),
    "@number": ("数字", "a number"),
    "@money": ("金额", "an amount of money"),
    "@boolean": ("true 或 false", "true or false"),
    "@date": ("日期", "a date"),
    "@datetime": ("日期时间", "a date and time"),
    "@duration": ("时长", "a duration"),
    "@days": ("时长", "a duration"),
    "@length": ("工作时长", "a length of working time"),
    "@limit": (
        "时限，例如 2 working hours 或 {limit, from, calendar}",
        "a limit such as 2 working hours, or {limit, from, calendar}",
    ),
    "@process": ("子流程，例如 {steps: [...]}", "a process, such as {steps: [...]}"),
    "@reaction": ("一件可能发生的事", "a reaction, such as {on: ..., by: ..., then: [...]}"),
    "@months": ("以年月计的时长", "a duration of years and months"),
    "@time": ("一天中的时刻", "a time of day"),
    "@context": ("一组内容", "a context"),
    "@range": ("范围", "a range"),
    "@function": ("函数", "a function"),
    "@wanted-boolean": ("条件，例如 amount > 5", "a condition such as amount > 5"),
    "@wanted-number": ("数字，例如 12.5", "a number such as 12.5"),
    "@wanted-text": ('文字，例如 "是"', 'a text such as "yes"'),
    "@wanted-duration": ("时长，例如 30 minutes", "a duration such as 30 minutes"),
    "@wanted-length": ("时长，例如 2 working hours", "a duration such as 2 working hours"),
    "@wanted-list": ("列表", "a list"),
    "@person": ("人员", "a person"),
    "@wanted-person": ("人员，例如 person 类型的字段", "a person, such as a field of that type"),
    "@wanted-unit": (
        "部门，例如 parent(case.unit)",
        "a unit, such as parent(case.unit)",
    ),
    "@wanted-moment": ("日期或日期时间", "a date, or a date and time"),
}
"""Kinds of things, as the facts `found` and `expected` name them."""

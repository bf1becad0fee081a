"""What can be wrong with who does a step, signs it or hears of it."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "not-a-person": (
        "“{name}”不能指明由谁办理：请用 person 类型的字段，或某一步的 by。",
        "“{name}” cannot say who it is: use a field of the type person, or the by of a step.",
    ),
    "not-a-customer": (
        "“{name}”不是 customer 类型的字段，不能说明为哪位客户发起。",
        "“{name}” is no field of the type customer, so that it cannot say for whom it is.",
    ),
    "role-not-alone": (
        "角色“{name}”写明了部门或技能，不能与别的角色并列；请在步骤的 by 里写 in、skills。",
        "A unit or skills are said of the role “{name}”, so that no other can stand beside it; "
        "write in and skills in the by of the step.",
    ),
    "role-of-a-case": (
        "角色“{name}”由每个工单指定的人担任，没有固定的人：它可以单独写在 by 里、写在 signed-by "
        "里、或被告知，不能用在这里。",
        "The role “{name}” is filled by a person in each case, and held by nobody: it may stand "
        "alone in by, in signed-by, or be told, but not here.",
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
    "no-address": (
        "工单里没有字段说明怎样联系“{name}”（{channel}）："
        "请加一个客户（customer）字段；短信也可以用唯一的电话（phone）字段。",
        "No field of the case says how “{name}” is reached by {channel}: add one of type customer, "
        "or, for sms, a single one of type phone.",
    ),
    "no-inbox": (
        "“{name}”是外部人员，没有收件箱；要告诉代为登记的人，请写 {role}。",
        "“{name}” is an outside party and has no inbox; to tell those who record for it, write "
        "{role}.",
    ),
    "nobody-records": (
        "没有人替“{name}”登记：请在 roles 里声明，用 recorded-by 写明由谁登记；"
        "或让本单位的一个角色也能发起申请，由其登记。",
        "Nobody records what “{name}” does: declare it under roles with recorded-by, or name a "
        "role of the organisation too under the by of a request, which then records it.",
    ),
    "no-performer-here": (
        "这里没有办理人：只有步骤才有 performer。",
        "Nobody performs this: only a step has a performer.",
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
    "person-never-named": (
        "“{name}”的办理人由字段“{field}”指定，可在这之前没有哪张表单填它：只能由旁边的角色办，没有角色就由"
        "部门负责人办。",
        "“{field}” names who does “{name}”, and no form fills it in before: it falls to the role "
        "beside it, else to the head of the unit.",
    ),
    "named-and-barred": (
        "指定给“{name}”的人总是办过“{other}”，而 not 不许他办：只能由旁边的角色办，没有角色就由部门"
        "负责人办。",
        "Whoever is named for “{name}” has always done “{other}”, which not forbids: it falls to "
        "the role beside it, else to the head of the unit.",
    ),
    "named-twice": (
        "指定签署“{name}”的 {role} 总是办这一步的人或另一签署人，而签署人须各不相同：只能由担任"
        "该角色的其他人签。",
        "Whoever is named to sign “{name}” as {role} always does it or signs it as another role, "
        "and all must be different people: it falls to others who hold the role.",
    ),
    "bars-nobody": (
        "“{name}”只会在这一步之后办理，not 在这里不拦任何人。请写到“{name}”那一步：not: {step}。",
        "“{name}” is only ever done after this step, so that not keeps nobody from it here. Write "
        "it at “{name}”: not: {step}.",
    ),
    "nobody-names": (
        "这一步之前没有人办理别的步骤，没有人能指定办理人。请用 person 让发起人在表单里选人。",
        "No step is done before this one by which its performer could be named. Let whoever begins "
        "the case choose a person on the form, and name that field with person.",
    ),
    "never-before": (
        "“{name}”不可能在这一步之前办理，没有人可沿用。",
        "“{name}” can never be done before this step, so there is nobody to take.",
    ),
}

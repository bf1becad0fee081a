"""What can be wrong with who does a step, signs it or hears of it."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
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
    "no-inbox": (
        "“{name}”是外部人员，没有收件箱；要告诉代为登记的人，请写 {role}。",
        "“{name}” is an outside party and has no inbox; to tell those who record for it, write "
        "{role}.",
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

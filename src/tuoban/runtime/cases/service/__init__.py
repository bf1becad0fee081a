"""The verbs on cases: each is one command and one transaction; a module a family.

Every verb takes the instant `at` and the caller's idempotency `key`: the same request sent twice
under one key answers the first result. A work item is addressed by its row (`WorkItem.pk`).
"""

from tuoban.runtime.cases.carrying import Outcome
from tuoban.runtime.cases.personal import SignatureInput
from tuoban.runtime.cases.service.adding import add_signer, drop_signer, give_opinion
from tuoban.runtime.cases.service.blocks import add_work, react
from tuoban.runtime.cases.service.data import (
    correct_field,
    erase_personal_values,
    erase_repeated,
    save_draft,
)
from tuoban.runtime.cases.service.documents import print_document
from tuoban.runtime.cases.service.files import (
    attach_files,
    comment,
    edit_comment,
    erase_comment,
    erase_file,
    say_from_outside,
    withdraw_file,
)
from tuoban.runtime.cases.service.linking import give_up_call, retry_call
from tuoban.runtime.cases.service.moving import jump, return_to, withdraw
from tuoban.runtime.cases.service.papers import hand_in, hand_on, strike_paper
from tuoban.runtime.cases.service.people import (
    copy_to,
    delegate,
    get_back,
    mark_notices_read,
    transfer,
    urge,
)
from tuoban.runtime.cases.service.signing import refuse_to_sign, sign
from tuoban.runtime.cases.service.starting import start_case
from tuoban.runtime.cases.service.timing import time_work
from tuoban.runtime.cases.service.whole_case import (
    cancel_case,
    extend_clock,
    migrate_case,
    recheck,
    resume_case,
    suspend_case,
)
from tuoban.runtime.cases.service.work import (
    claim,
    complete,
    open_item,
    open_items,
    release,
    take_next,
    try_again,
)
from tuoban.runtime.cases.timers import fire_due_timers, next_due

__all__ = [
    "Outcome",
    "SignatureInput",
    "add_signer",
    "add_work",
    "attach_files",
    "cancel_case",
    "claim",
    "comment",
    "complete",
    "copy_to",
    "correct_field",
    "delegate",
    "drop_signer",
    "edit_comment",
    "erase_comment",
    "erase_file",
    "erase_personal_values",
    "erase_repeated",
    "extend_clock",
    "fire_due_timers",
    "get_back",
    "give_opinion",
    "give_up_call",
    "hand_in",
    "hand_on",
    "jump",
    "mark_notices_read",
    "migrate_case",
    "next_due",
    "open_item",
    "open_items",
    "print_document",
    "react",
    "recheck",
    "refuse_to_sign",
    "release",
    "resume_case",
    "retry_call",
    "return_to",
    "save_draft",
    "say_from_outside",
    "sign",
    "start_case",
    "strike_paper",
    "suspend_case",
    "take_next",
    "time_work",
    "transfer",
    "try_again",
    "urge",
    "withdraw",
    "withdraw_file",
]

"""What booking offers to packs. Pure: the compiler reads it without a database."""

from __future__ import annotations

from tuoban.kernel.activities import Activity, Key
from tuoban.kernel.text import Text
from tuoban.services.fields import catalogue, field

BOOK = Activity(
    key="book",
    label=Text("预约", "Appointment"),
    meaning=Text(
        "在 capacity 上订一个时段，订满则不能再订；退回到之前即取消",
        "takes a place of `capacity` from a moment on, where one is free; going back past it gives "
        "the place back",
    ),
    takes=(Key("capacity", "name", required=True),),
    asks=(field("slot", "datetime", "预约时间", "Appointment", required=True),),
    offers=(field("until", "datetime", "预约至", "Until"),),
)

UNBOOK = Activity(
    key="unbook",
    label=Text("取消预约", "Appointment cancelled"),
    meaning=Text(
        "退回本单在 capacity 上订的时段；退回到之前，时段还空着的仍算订着",
        "gives back every place that the case has of `capacity`; going back past it, what is still "
        "free is the case's again",
    ),
    takes=(Key("capacity", "name", required=True),),
    offers=(field("freed", "integer", "退回的时段", "Places given back"),),
    unattended=True,
)

CATALOGUE = catalogue((BOOK, UNBOOK))

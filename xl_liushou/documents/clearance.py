"""Whether a volunteer may meet children: checked within a year, and pledged to keep what is seen there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from xl_liushou.core.table import Record
from xl_liushou.schema.dates import age_on
from xl_liushou.schema.lists import YES
from xl_liushou.schema.sheets import Volunteers

_DAY: Final = timedelta(days=1)


def lacking(volunteer: Record, today: date) -> str:
    """What a volunteer still lacks, as staff are told: 背景核查日、保密承诺; "" for one who is cleared."""
    checked = volunteer[Volunteers.checked_on]
    is_checked = checked is not None and checked <= today
    is_old = checked is not None and age_on(checked, today - _DAY) >= 1
    missing = [
        "一年以内的背景核查" if is_old else "" if is_checked else Volunteers.checked_on.title,
        "" if volunteer[Volunteers.pledged] == YES else Volunteers.pledged.title,
    ]
    return "、".join(filter(None, missing))


def not_cleared(volunteers: Sequence[Record], today: date) -> str:
    """Why a group may not go out: 宋学军缺背景核查日; "" where everybody is cleared."""
    if not volunteers:
        return "没有登记志愿者"
    found = [(one[Volunteers.name] or one[Volunteers.volunteer_id], lacking(one, today)) for one in volunteers]
    return "；".join(f"{name}缺{what}" for name, what in found if what)

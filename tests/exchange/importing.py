"""An import straight from text tables, without a file.

report = imported(school, 三年级1班='''
    姓名 | 性别
    王小明 | 男
''')
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.workbooks import TODAY, raw_sheet
from xl_liushou.core.plan import Plan
from xl_liushou.core.rawsheet import RawWorkbook
from xl_liushou.exchange.model import Roster
from xl_liushou.routines.import_rosters import plan
from xl_liushou.routines.inputs import Inputs
from xl_liushou.schema.school import School

OPTIONS = frozenset({"maps", "confirm", "accept", "forms", "into_book", "formulas"})


def planned(school: School, **given: Any) -> Plan:
    """The plan of an import of one file with these sheets; options of `Inputs` go by their names."""
    options = {name: given.pop(name) for name in OPTIONS & given.keys()}
    sheets = tuple(raw_sheet(name, text) for name, text in given.items())
    return plan(Inputs(school, TODAY, rosters=[Roster("名册.xlsx", RawWorkbook(sheets))], **options))


def imported(school: School, **given: Any) -> Mapping[str, Any]:
    """The report of the same."""
    return planned(school, **given).report


def changes(report: Mapping[str, Any]) -> list[str]:
    """What differs: "S001 家庭住址: 旧 → 新", with a ? where it is not applied."""
    return [
        f"{one['child']} {one['column']}: {one['old']} → {one['new']}{'' if one['applied'] else ' ?'}"
        for one in report["changed"]
    ]


def doubts(report: Mapping[str, Any]) -> list[str]:
    """What is in doubt: "A2 message"."""
    return [f"{one['cell']} {one['message'].partition('；')[0]}" for one in report["doubts"]]

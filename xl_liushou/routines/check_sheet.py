"""The findings as the sheet 校验结果: errors first, each with a link to its cell and the teacher whose task it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, Final

from xl_liushou.core.edits import Edit, Link
from xl_liushou.core.finding import LABELS
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.followup.owners import HEAD
from xl_liushou.routines.findings import Told, gathered, left_out, totals
from xl_liushou.routines.inputs import Inputs
from xl_liushou.rules.catalogue import BY_CODE
from xl_liushou.schema.results import MOST_ROWS, SCOPE, TOTAL, CheckResults, Row
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Progress, Staff, StudyHelp
from xl_liushou.schema.text_kinds import Text

_EVERY_TEACHER: Final = "各班班主任"
_RANK: Final = {severity: rank for rank, severity in enumerate(LABELS)}


def check_edits(
    inputs: Inputs, findings: Sequence[Told], summary: Mapping[str, Any], selected: Sequence[str]
) -> list[Edit]:
    """The whole sheet anew; `findings` are in the order of the workbook."""
    owners = Owners(inputs.school)
    told = sorted(gathered(findings, summary["children"]), key=lambda one: _RANK[one[0]["severity"]])
    rows = [_row(inputs.school, owners, finding, count) for finding, count in islice(told, MOST_ROWS)]
    if more := len(told) - len(rows):
        rows.append(
            CheckResults.row(
                severity=SCOPE, message=f"只列出前 {len(rows)} 条，还有 {more} 条没有列出。请改好以后再校验一次。"
            )
        )
    if selected:
        rows.append(CheckResults.row(severity=SCOPE, message=f"这次只检查了：{'、'.join(selected)}。"))
    if ignored := left_out(summary):
        rows.append(CheckResults.row(severity=SCOPE, message=ignored))
    rows.append(CheckResults.row(severity=TOTAL, message=_total(inputs, summary, bool(findings))))
    return CheckResults.replaced(rows)


def _total(inputs: Inputs, summary: Mapping[str, Any], found: bool) -> str:
    day = chinese_date(inputs.today)
    if not found:
        return f"截至{day}，{summary['children']} 名孩子的资料没有发现问题。辛苦了！"
    return f"截至{day}，{totals(summary)}。"


def _row(school: School, owners: Owners, finding: Told, count: int) -> Row:
    sheet, cell = finding["sheet"], finding["cell"]
    place = Link.to_cell(f"{sheet}!{cell}", school.sheet_name(sheet), cell) if cell else sheet
    many = f"共 {count} 处，例如这里：" if count > 1 else ""
    return CheckResults.row(
        severity=LABELS[finding["severity"]],
        place=place,
        column=finding["column"],
        code=finding["code"],
        rule=BY_CODE[finding["code"]].title,
        message=f"{many}{finding['message']}",
        owner=_EVERY_TEACHER if count > 1 else owners.of(sheet, finding["row"]),
    )


class Owners:
    """Whose task a finding is: the class teacher of the child its row is about, else the head of moral education."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._indexes: dict[str, dict[int, int]] = {}
        head = school.head_of_moral_education
        self.head = f"{head[Staff.name]}（{HEAD}）" if head else HEAD

    def of(self, sheet: str, row: int | None) -> str:
        """The name of the person for a row of a sheet, or for a sheet as a whole."""
        teacher = self._school.class_teacher(self.class_of(sheet, row))
        return teacher[Staff.name] if teacher else self.head

    def class_of(self, sheet: str, row: int | None) -> str:
        """The class of the child that a row is about; "" where it is about none."""
        child = self._child(sheet, row)
        return self._school.known_class(child) if child else ""

    def _child(self, sheet: str, row: int | None) -> Record | None:
        record = self._record(sheet, row)
        if record is None or sheet == Children.title:
            return record
        if sheet == Progress.title:
            return self._school.child_of.get(self._helped.get(record[Progress.help_id], ""))
        columns = (one for one in record.table.columns if one.refers == Children.title and isinstance(one, Text))
        column = next(columns, None)
        return self._school.child_of.get(record[column]) if column else None

    def _record(self, sheet: str, row: int | None) -> Record | None:
        table = self._school.tables.get(sheet)
        if table is None or row is None:
            return None
        if sheet not in self._indexes:
            self._indexes[sheet] = {number: index for index, number in enumerate(table.rows)}
        index = self._indexes[sheet].get(row)
        return None if index is None else Record(table, index)

    @cached_property
    def _helped(self) -> Mapping[str, str]:
        plans = self._school[StudyHelp]
        return dict(zip(plans.help_id, plans.child_id, strict=True))

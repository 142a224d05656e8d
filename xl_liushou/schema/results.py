"""The sheets that the program writes, each declared once; they are never read as data.

校验结果 and 待办 are written anew each time, 发送记录 grows, and on 首页 each routine has its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, Tone, Value
from xl_liushou.core.finding import ERROR, LABELS, WARNING
from xl_liushou.core.table import Table
from xl_liushou.schema.heights import height_for, lines_in
from xl_liushou.schema.kinds import Date, Number
from xl_liushou.schema.sheets import SHEETS, Staff
from xl_liushou.schema.text_kinds import ClassName, LongText, Name, Text

Row = list[Value]

AT_ONCE: Final = "立即报告"
"""The state in 待办 of what the authorities must be told."""
SCOPE: Final = "范围"
"""The word of the line that says what a list leaves out."""
TOTAL: Final = "合计"
"""The word of the last line."""
MOST_ROWS: Final = 5_000
"""Lines of a result that a person could still use; far below Excel's 1,048,576 rows and 65,530 links a sheet."""
WRITTEN: Final = "已写出"
WITHHELD: Final = "未写出"
SENT: Final = "已发出"
UNSENT: Final = "未发出"
UNCLEAR: Final = "不明"

_PADDING: Final = 1
"""Digits of a column that its cells leave blank at their sides."""
_ALARM: Final = Tone("FF7C80", bold=True)
_RED: Final = Tone("FFC7CE")
_YELLOW: Final = Tone("FFEB9C")
_PALE: Final = Tone("FFF9E0")
_GREY: Final = Tone("E3E3E3")
_PLAIN: Final = Tone("F2F2F2", bold=True)
"""From dark to light as things are pressing, so that a printer without colours tells them apart too."""


class Moment(Date):
    """A day and the time of day."""

    number_format = "yyyy-mm-dd hh:mm"
    normal_width = 17


class Result(Table, title=""):
    """A sheet of the program; a row has the first of the `tones` with whose word its column `toned_by` begins.

    The cells of the column `linked` lead to what they name; where the rows are `grouped`, those of one kind
    stand together by their first column. Columns are told by their numbers from 1, 0 for none.
    """

    tones: ClassVar[Mapping[str, Tone]]
    toned_by: ClassVar[int]
    linked: ClassVar[int]
    grouped: ClassVar[bool]

    def __init_subclass__(
        cls, *, title: str, hint: str, tones: Mapping[str, Tone] | None = None, toned_by: str = "", linked: str = "",
        grouped: bool = False,
    ) -> None:  # fmt: skip
        super().__init_subclass__(title=title, hint=hint)
        places = {column.name: place for place, column in enumerate(cls.columns, 1)}
        cls.tones, cls.toned_by, cls.linked = tones or {}, places.get(toned_by, 0), places.get(linked, 0)
        cls.grouped = grouped

    @classmethod
    def row(cls, **values: Value) -> Row:
        """A row by the attribute names of its columns; what is left out is blank."""
        if unknown := values.keys() - {column.name for column in cls.columns}:
            raise KeyError(f"{cls.title} has no {sorted(unknown)}")
        return [values.get(column.name) for column in cls.columns]

    @classmethod
    def added(cls) -> AddSheet:
        """The sheet for a workbook that lacks it."""
        header, widths = [column.title for column in cls.columns], [column.width for column in cls.columns]
        return AddSheet(cls.title, header, widths, cls.tones, cls.toned_by, table=cls.title)

    @classmethod
    def appended(cls, rows: Sequence[Row]) -> list[Edit]:
        """The edits that put rows at the end of the sheet."""
        return [cls.added(), AppendRows(cls.title, rows, heights=cls._heights(rows))]

    @classmethod
    def replaced(cls, rows: Sequence[Row]) -> list[Edit]:
        """The edits that put rows in the place of all there are."""
        return [cls.added(), ReplaceRows(cls.title, rows, heights=cls._heights(rows))]

    @classmethod
    def _heights(cls, rows: Sequence[Row]) -> list[float | None]:
        widths = [
            (place, column.width - _PADDING) for place, column in enumerate(cls.columns) if isinstance(column, Text)
        ]
        return [height_for(max(lines_in(_text(row[place]), width) for place, width in widths)) for row in rows]


def _text(value: Value) -> str:
    plain = value.value if isinstance(value, Link) else value
    return "" if plain is None else str(plain)


class FrontPage(Result, title="首页", hint="每项工作最近一次的时间和结果，由程序填写"):
    """What each routine did when it last ran."""

    item = Text("项目", width=16)
    time = Moment("时间")
    outcome = LongText("结果", width=64)


class CheckResults(
    Result, title="校验结果", hint="校验时整张重写，先改错误，再看提醒；点“位置”就到那一格", toned_by="severity",
    linked="place", tones={LABELS[ERROR]: _RED, LABELS[WARNING]: _YELLOW, SCOPE: _PLAIN, TOTAL: _PLAIN},
):  # fmt: skip
    """The findings of the last check."""

    severity = Text("级别", width=8)
    place = Text("位置", width=18)
    column = Text("列", width=14)
    code = Text("规则", width=8)
    rule = Text("规则名", width=28)
    message = LongText("说明", width=72)
    owner = Text("责任班主任", width=18)


class Todo(
    Result, title="待办", hint="待办提醒时整张重写，按责任人排列，最急的在前；点“姓名”就到花名册", toned_by="status",
    linked="name", tones={
        AT_ONCE: _ALARM, "逾期": _RED, "今日到期": _YELLOW, "临期": _PALE, "无法计算": _GREY, SCOPE: _PLAIN, TOTAL: _PLAIN,
    },
    grouped=True,
):  # fmt: skip
    """What is due, by the person who does it."""

    owner = Text("责任人", width=14)
    status = Text("状态", width=10)
    kind = Text("事项", width=10)
    class_name = ClassName("班级", width=12)
    name = Name("姓名", width=16)
    child_id = Text("儿童编号", width=12)
    due = Date("应于")
    days_overdue = Number("逾期天数", width=9)
    last = Date("上次")
    escalation = Text("升级", width=12)
    note = LongText("说明", width=44)


class SendLog(
    Result, title="发送记录", hint="写出、发出和没有写出、发出的每份文书，一份一行，由程序添加", toned_by="state",
    tones={WITHHELD: _YELLOW, UNSENT: _YELLOW, UNCLEAR: _RED},
):  # fmt: skip
    """Every paper that was written, sent or withheld."""

    time = Moment("时间")
    run = Text("运行", width=16)
    document = Text("文书", width=14)
    class_name = ClassName("班级", width=12)
    child_id = Text("儿童编号", width=21)
    name = Name("姓名", width=12)
    recipient = Text("收件人", width=16)
    way = Text("方式", width=7)
    state = Text("状态", width=13)
    file = Text("文件", width=60)
    note = LongText("备注", width=26)


RESULTS: Final[tuple[type[Result], ...]] = (FrontPage, CheckResults, Todo, SendLog)

_AFTER_CAMPAIGNS: Final = SHEETS.index(Staff)
IN_ORDER: Final[tuple[type[Table], ...]] = (
    FrontPage,
    *SHEETS[:_AFTER_CAMPAIGNS],
    Todo,
    CheckResults,
    SendLog,
    *SHEETS[_AFTER_CAMPAIGNS:],
)
"""All sheets of the master workbook but 字典, which comes last."""

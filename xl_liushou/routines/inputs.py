"""What every routine is given, and how a person chooses children."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xl_liushou.core.errors import UnusableInput, UsageProblem
from xl_liushou.core.table import Column, Record
from xl_liushou.exchange.model import Forms, Roster
from xl_liushou.schema.lists import YES
from xl_liushou.schema.numbers import GRADES, class_order, split_class
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children


@dataclass(frozen=True, slots=True)
class Choice:
    """Which children a person asked for; nothing at all means the routine's own usual ones."""

    classes: Sequence[str] = ()
    grades: Sequence[str] = ()
    children: Sequence[str] = ()
    key_only: bool = False
    risks: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.classes or self.grades or self.children or self.key_only or self.risks)


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a person says of a new campaign: the name of a pattern, its days, and its name and theme ("": the usual)."""

    pattern: str
    starts_on: date
    ends_on: date
    name: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a routine works on: the school, the as-of date, the chosen children, and its own options."""

    school: School
    today: date
    choice: Choice = Choice()
    select: Collection[str] = ()
    ignore: Collection[str] = ()
    document: str = ""
    leaders: bool = False
    campaign: str = ""
    festival: str = ""
    release: Collection[str] = ()
    one_file: bool = False
    pdf: bool = False
    preview: bool = False
    into_book: bool = False
    fix: bool = False
    form: str = "text"
    formulas: Collection[tuple[str, str]] = ()
    rosters: Sequence[Roster] = ()
    forms: Forms = field(default_factory=dict)
    maps: Sequence[str] = ()
    confirm: Collection[str] = ()
    accept: bool = False
    new_campaign: NewCampaign | None = None
    contact_kind: str = ""

    @property
    def writes(self) -> bool:
        """Whether the workbook is to be changed."""
        return bool(self.into_book or self.fix or self.document or self.new_campaign or self.contact_kind)


def require_children(school: School) -> None:
    """Stops where the roster is missing, has no header, or has no child."""
    if school[Children].present and len(school[Children]):
        return
    lacks = {problem.code for problem in school.problems if problem.sheet == Children.title}
    if "S001" in lacks:
        raise UnusableInput("这个工作簿里没有“花名册”工作表。请确认选对了文件；新的台账可以用 new 命令新建。")
    if "S002" in lacks and not school[Children].present:
        raise UnusableInput("“花名册”里找不到标题行。请把模板里的列标题（儿童编号、姓名……）放在数据上方的同一行。")
    raise UnusableInput("“花名册”里还没有孩子。请先登记孩子（每名孩子一行），保存后再试。")


def require_columns(school: School, columns: Sequence[Column[Any]]) -> None:
    """Stops where a sheet or a column that a command cannot do without is missing (exit code 2)."""
    for column in columns:
        table = school.tables[column.sheet]
        if not table.present:
            raise UnusableInput(
                f"这个工作簿里没有“{column.sheet}”工作表（或它没有标题行），这项工作需要它。"
                "请从空白模板把它复制过来，或把改了名的表改回原名。"
            )
        if not table.has(column):
            raise UnusableInput(
                f"“{column.sheet}”表里找不到“{column.title}”这一列，这项工作需要它。"
                "请补上这一列，或把改了名的标题改回来；用 check 可以看到详情。"
            )


def chosen_children(inputs: Inputs, usual: Sequence[Record]) -> tuple[list[Record], list[str]]:
    """The children asked for, in the order of the roster, and notes about them.

    `usual` are those taken without a choice, and those that classes, grades and risks are looked up
    among; a child named by its 儿童编号 is taken whatever its 个案状态, with a note when it is 结案.
    """
    choice = inputs.choice
    named = [named_child(inputs.school, child_id) for child_id in choice.children]
    pool = named if choice.children else list(usual)
    wanted = {_class_asked(inputs.school, text) for text in choice.classes}
    grades = {_grade_asked(text) for text in choice.grades}
    found = [
        child
        for child in pool
        if (not wanted or inputs.school.class_name(child) in wanted)
        and (not grades or child[Children.grade] in grades)
        and (not choice.key_only or child[Children.is_key] == YES)
        and (not choice.risks or child[Children.risk] in choice.risks)
    ]
    notes = [
        f"{child[Children.child_id]} 已经结案，因为点名要了，这次仍然列入。"
        for child in found
        if child[Children.case_status] == "结案"
    ]
    if choice and not found:
        notes.append("没有孩子符合所选的条件。")
    return sorted(dict.fromkeys(found), key=lambda child: child.index), notes


def scope(choice: Choice) -> str:
    """The choice in words, "" where nothing was chosen: 三年级1班，重点帮扶."""
    parts = (
        "、".join(choice.classes),
        "、".join(choice.grades),
        f"点名的 {len(choice.children)} 名孩子" if choice.children else "",
        "重点帮扶" if choice.key_only else "",
        f"风险等级{'、'.join(choice.risks)}" if choice.risks else "",
    )
    return "，".join(part for part in parts if part)


def named_child(school: School, child_id: str) -> Record:
    """The child with a 儿童编号; UsageProblem where the roster has none."""
    found = school.child_of.get(child_id)
    if found is None:
        raise UsageProblem(f"花名册里没有儿童编号“{child_id}”。请核对编号。")
    return found


def _class_asked(school: School, text: str) -> str:
    parts = split_class(text)
    name = "".join(parts) if parts else text
    known = sorted(set(school.class_names), key=class_order)
    if name not in known:
        raise UsageProblem(f"花名册里没有“{text}”。现有的班级：{'、'.join(known)}。")
    return name


def _grade_asked(text: str) -> str:
    """三, 3年级 and 三年级 all mean 三年级; anything else is a usage problem."""
    parts = split_class(f"{text.strip().removesuffix('年级')}年级1班")
    if parts is None or parts[0] not in GRADES:
        raise UsageProblem(f"没有“{text}”这个年级。请写成：{'、'.join(GRADES)}。")
    return parts[0]


def plain(value: Any) -> Any:
    """A value as JSON takes it, and as a cell does: dates as ISO text, several of a list in one text."""
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if isinstance(value, date) else value

"""What each button does: its id to a run of a routine, and the end of it as one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from xl_liushou.app.desk import Areas, Desk, Field
from xl_liushou.app.opening import Opened
from xl_liushou.app.outcome import Outcome
from xl_liushou.app.running import Order, inputs_for, run_on
from xl_liushou.core.errors import UsageProblem
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.routines.campaign_patterns import PATTERNS
from xl_liushou.routines.inputs import Choice, NewCampaign
from xl_liushou.routines.registry import ROUTINES, Routine
from xl_liushou.schema.results import CheckResults, Todo
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children

_TOLD_MOST: Final = 6
_ALL_CAMPAIGNS: Final = "全部活动"
_WHOLE, _BY_CLASS = "全校一份", "每班一份"


@dataclass(frozen=True, slots=True)
class Button:
    """A routine with its options. `sheet` shows the result, `of_children` takes the selection, `asks` a question."""

    routine: str
    options: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""
    of_children: bool = False
    asks: str = ""


_ASKS: Final = {
    "campaign-plan": "campaign", "campaign-report": "campaign", "roster": "classes", "pairing-table": "classes",
}  # fmt: skip
_OF_CHILDREN: Final = frozenset({"家庭", "儿童"})
_ALSO_OF_CHILDREN: Final = frozenset({"visit-form", "supplies-receipt"})

BUTTONS: Final[Mapping[str, Button]] = {
    "check": Button("check", {"into_book": True}, CheckResults.title),
    "fix": Button("check", {"fix": True, "into_book": True}, CheckResults.title),
    "overdue": Button("overdue", {"into_book": True}, Todo.title),
    "log-talk": Button("log", {"contact_kind": "谈心"}, of_children=True),
    "log-call": Button("log", {"contact_kind": "通话"}, of_children=True),
    "import": Button("import", {"into_book": True}, Children.title, asks="rosters"),
    "new-campaign": Button("campaign", sheet=CampaignSteps.title, asks="new_campaign"),
    **{
        name: Button(
            "write", {"document": name}, asks=_ASKS.get(name, ""),
            of_children=paper.per in _OF_CHILDREN or name in _ALSO_OF_CHILDREN,
        )
        for name, paper in PAPERS.items()
    },
}  # fmt: skip

_LATER: Final[Mapping[str, str]] = {
    "split": "分发班级",
    "merge": "汇总班级",
    "dashboard": "看板",
}
"""Buttons whose routine comes with a later version."""
_BY_COMMAND: Final[Mapping[str, str]] = {
    "mail-preview": "mail 工作簿 last",
    "mail-send": "mail 工作簿 last --send",
    "mail-status": "mail-status 工作簿",
}
"""Buttons whose work is done on the command line for now."""

_HELP: Final = """第一个小时：
1. “花名册”里登记孩子，一名孩子一行；“监护人”一人一行。
2. “教职工”里填班主任和他们的班，“校历”里填学期和假期。
3. 点“校验”，先改错误，再看提醒；不用猜的，点“一键修正”。
4. 点“待办提醒”，看谁该谈心、该通话了。
5. 谈过了，选中孩子点“登记谈话”，写上摘要。
6. 选中一个班的孩子，点“档案卡”，打印。
每个按钮停一停都有说明；写错了点“撤销”。"""


def press(desk: Desk, pressed: str, today: date, now: datetime) -> None:
    """Does what a button does, and tells its end."""
    place, _, name = pressed.rpartition(".")
    if name in _LATER:
        desk.tell(f"“{_LATER[name]}”还没有做好，会在后面的版本里。现在点它，什么也不会改动。")
    elif name in _BY_COMMAND:
        desk.tell(f"这个按钮还没有接好。现在请先保存工作簿，在命令行里运行：xl-liushou {_BY_COMMAND[name]}")
    elif name == "help":
        desk.tell(_HELP)
    elif name == "doctor":
        from xl_liushou.app.doctor import doctor

        desk.tell("\n".join(doctor(Path(desk.where) if desk.where else None).lines))
    elif name == "protect":
        desk.tell(
            "加密要在工作簿关着的时候做：请保存并关闭它，再在命令行里运行 xl-liushou protect 工作簿。"
            "也可以在 Excel 里点“文件”“信息”“保护工作簿”“用密码进行加密”，效果一样。"
        )
    elif name == "undo":
        _undo(desk, now)
    elif name in BUTTONS:
        _run(desk, BUTTONS[name], bool(place), today, now)
    else:
        raise UsageProblem(f"没有“{name}”这个按钮。请运行 xl-liushou addin install，把加载项换成新的。")


def _run(desk: Desk, button: Button, certain: bool, today: date, now: datetime) -> None:
    routine = ROUTINES[button.routine]
    with desk.working(routine.label) as progress:
        opened = desk.open()
        asked = _asked(desk, button, opened.school, certain, today)
        if asked is None:
            return
        files = asked.pop("files", ())
        inputs = inputs_for(today, **{**button.options, **asked, **({} if desk.is_live else _on_file(button))})
        order = Order(opened.file.path, today, now, files=files, progress=progress, passwords=desk.passwords)
        if files:
            from xl_liushou.app.importing import with_rosters

            inputs = with_rosters(order, inputs)
        outcome = run_on(opened, routine, order, inputs)
        what = routine.item(inputs(opened.school))
        told = [f"{what}：{routine.headline(inputs(opened.school), outcome.result)}。"]
    _end(desk, opened, button, told, outcome, routine)


def _on_file(button: Button) -> dict[str, Any]:
    """A workbook that may be open in another program shows nothing new: what is found goes into a file as well."""
    return {"form": "xlsx"} if button.routine == "check" else {}


def _asked(desk: Desk, button: Button, school: School, certain: bool, today: date) -> dict[str, Any] | None:
    """The options that the selection and a person's answers give; None where they want nothing done."""
    if button.of_children:
        choice = _chosen(desk, school, certain or button.routine == "log")
        return None if choice is None else {"choice": choice}
    if button.asks == "campaign":
        return _campaign(desk, school)
    if button.asks == "classes":
        answer = desk.fill("要哪一种？", [Field("份数", _WHOLE, (_WHOLE, _BY_CLASS))])
        classes = tuple(school.classes) if answer == [_BY_CLASS] else ()
        return None if answer is None else {"choice": Choice(classes=classes)}
    if button.asks == "rosters":
        files = desk.pick("请选要导入的名册，可以选几个")
        return {"files": files} if files else None
    return _new_campaign(desk, today) if button.asks == "new_campaign" else {}


def _campaign(desk: Desk, school: School) -> dict[str, Any] | None:
    table = school[Campaigns]
    named = {f"{key} {name}": key for key, name in zip(table.campaign_id, table.name, strict=True) if key}
    if len(named) < 2:
        return {}
    answer = desk.fill("写哪一项活动？", [Field("活动", list(named)[-1], (*named, _ALL_CAMPAIGNS))])
    return None if answer is None else {"campaign": named.get(answer[0], "")}


def _new_campaign(desk: Desk, today: date) -> dict[str, Any] | None:
    fields = [
        Field("样式", next(iter(PATTERNS)), tuple(PATTERNS)),
        Field("开始日期", today.isoformat()),
        Field("结束日期", (today + timedelta(days=30)).isoformat()),
        Field("名称（可不填）"),
        Field("主题（可不填）"),
    ]
    answer = desk.fill("新建一项活动", fields)
    if answer is None:
        return None
    pattern, starts_on, ends_on, name, theme = answer
    return {"new_campaign": NewCampaign(pattern, _day(starts_on), _day(ends_on), name, theme)}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(f"“{text}”不是日期。请写成 2026-11-30 这样，再点一次按钮。") from None


def _chosen(desk: Desk, school: School, certain: bool) -> Choice | None:
    """The children on the selected rows; where a single cell may not mean its child, the person is asked."""
    title, areas = desk.selected()
    children = _children(desk, school, areas) if title == school.sheet_name(Children.title) else []
    if not children and certain:
        raise UsageProblem("请先选中孩子：在“花名册”里点孩子那一行（可以选几行），再点一次按钮。")
    if not children:
        return Choice()
    one_row = sum(last - first + 1 for first, last in areas) == 1
    if one_row and not certain:
        answer = desk.ask("光标在一名孩子那一行。\n“是”：只写这一名孩子。\n“否”：写全部孩子。")
        if answer is None:
            return None
        children = children if answer else []
    return Choice(children=children)


def _children(desk: Desk, school: School, areas: Areas) -> list[str]:
    """The 儿童编号 on the rows that can be seen."""
    table = school[Children]
    on_rows = {
        row: child
        for row, child in zip(table.rows, table.child_id, strict=True)
        if child and any(first <= row <= last for first, last in areas)
    }
    hidden = desk.hidden_rows(school.sheet_name(table.title), on_rows)
    return [child for row, child in on_rows.items() if row not in hidden]


def _undo(desk: Desk, now: datetime) -> None:
    from xl_liushou.app.undoing import undo_on

    if not desk.ask("要撤销最近一次吗？台账恢复原来的内容，写出的文书收到“已撤销”文件夹。"):
        return
    with desk.working("撤销"):
        opened = desk.open()
        outcome = undo_on(opened, opened.file.path, "last", now)
    desk.tell("\n".join(_message(outcome.lines, outcome)))


def _end(desk: Desk, opened: Opened, button: Button, told: Sequence[str], outcome: Outcome, routine: Routine) -> None:
    """Shows where the result lies, and tells it."""
    result, folder = outcome.result, outcome.result.get("folder")
    if cursor := result.get("cursor"):
        told = list(routine.lines(result))
        if not outcome.problem:
            desk.put_cursor(opened, cursor["sheet"], cursor["column"])
    elif button.asks == "rosters":
        told = [*told, *_some(outcome.lines)]
    elif button.options.get("fix"):
        told = [*told, *_some([line for line in outcome.lines if "→" in line])]
    if button.sheet and not outcome.problem:
        desk.show_sheet(opened, button.sheet)
        if desk.is_live:
            told = [*told, f"结果在“{button.sheet}”表。"]
    if folder:
        desk.show_folder(Path(folder))
        told = [*told, f"放在文件夹：{folder}"]
    desk.tell("\n".join(_message(told, outcome)))


def _message(told: Sequence[str], outcome: Outcome) -> Iterator[str]:
    """What was done, then what needs attention."""
    yield from told
    withheld = [
        f"没有写（{one['code']}）{one['child'] or ''}：{one['message']}" for one in outcome.result.get("blocked", ())
    ]
    if outcome.problem:
        yield outcome.problem.message
    yield from _some([*withheld, *(f"注意：{note}" for note in outcome.notes)])


def _some(lines: Sequence[str]) -> Iterator[str]:
    """The first of many lines: a message must fit the screen."""
    yield from lines[:_TOLD_MOST]
    if len(lines) > _TOLD_MOST:
        yield f"……另有 {len(lines) - _TOLD_MOST} 条。"

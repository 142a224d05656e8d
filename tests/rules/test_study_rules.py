"""Family T on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.rules.cases import Case, each
from tests.support.sound_school import like
from tests.support.workbooks import TODAY

YESTERDAY = date(2026, 11, 22)
LONG_AGO, SIXTY_DAYS_AGO = date(2026, 9, 23), date(2026, 9, 24)


def plan(**cells: Any) -> dict[tuple[str, int, str], Any]:
    return {("学习帮扶", 1, title): value for title, value in cells.items()}


def checked(day: Any) -> dict[tuple[str, int, str], Any]:
    return {("进步记录", 1, "检查日期"): day}


CASES = [
    Case("T551", "the stage ended yesterday", "T551 学习帮扶!M2 阶段截止", change=plan(阶段截止=YESTERDAY)),
    Case("T551", "it ended on the day on which it began", "T551 学习帮扶!M2 阶段截止", change=plan(开始日期=YESTERDAY, 阶段截止=YESTERDAY)),
    Case("T551", "it ends today", change=plan(阶段截止=TODAY)),
    Case("T551", "the goal was reached", change=plan(阶段截止=YESTERDAY, 状态="达成")),
    Case("T551", "nobody says how it stands", change=plan(阶段截止=YESTERDAY, 状态=None)),
    Case("T551", "when it ends cannot be read", "C102 学习帮扶!M2 阶段截止", change=plan(阶段截止="期末")),
    Case("T552", "the last check is sixty-one days ago", "T552 学习帮扶!A2 编号", change=checked(LONG_AGO)),
    Case("T552", "the last check is sixty days ago", change=checked(SIXTY_DAYS_AGO)),
    Case("T552", "never checked since it began", "T552 学习帮扶!A3 编号", add=[like("学习帮扶", 1, 编号="X0002", 学科="语文")]),
    Case("T552", "begun sixty days ago", add=[like("学习帮扶", 1, 编号="X0002", 学科="语文", 开始日期=SIXTY_DAYS_AGO)]),
    Case("T552", "ended, and never checked", add=[like("学习帮扶", 1, 编号="X0002", 学科="语文", 状态="终止")]),
    Case("T552", "a later check stands above", change=checked(TODAY), add=[like("进步记录", 1, 编号="P0002", 检查日期=LONG_AGO)]),
    Case("T552", "when it was checked cannot be read", "C102 进步记录!C2 检查日期", change=checked("月考后")),
    Case("T552", "when it began cannot be read", "C102 学习帮扶!F3 开始日期", add=[like("学习帮扶", 1, 编号="X0002", 开始日期="开学")]),
    Case("T552", "the plan has no number yet", "C117 学习帮扶!A3 编号", add=[like("学习帮扶", 1, 编号=None, 学科="语文")]),
    Case("T552", "the checks of another plan do not count", "K202 进步记录!B2 帮扶编号", "T552 学习帮扶!A2 编号",
         change={("进步记录", 1, "帮扶编号"): "X0010"}),
    Case("T552", "no check of any plan yet", "I000 进步记录", empty=["进步记录"]),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds

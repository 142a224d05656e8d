"""The routines, one line each: the command line and the ribbon are both made from this list.

A routine's module is imported when it is first used, so that a click pays for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from xl_liushou.core.plan import Plan
from xl_liushou.routines.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Routine:
    """One button and command; the module of its name (or `module`) in this folder has its `plan` and `lines`."""

    name: str
    label: str
    help: str
    options: tuple[str, ...]
    module: str = ""

    def plan(self, inputs: Inputs) -> Plan:
        """What the routine wants done."""
        planned: Plan = self._module().plan(inputs)
        return planned

    def lines(self, result: Mapping[str, Any]) -> Iterable[str]:
        """The result for people."""
        told: Iterable[str] = self._module().lines(result)
        return told

    def item(self, inputs: Inputs) -> str:
        """What its line on 首页 is called: the routine, or the paper it writes."""
        if not inputs.document:
            return self.label
        from xl_liushou.routines.write import paper_named

        return paper_named(inputs.document).title

    def headline(self, inputs: Inputs, result: Mapping[str, Any]) -> str:
        """The result in one line, for 首页."""
        told: str = self._module().headline(inputs, result)
        return told

    def _module(self) -> ModuleType:
        return import_module(f"{__package__}.{self.module or self.name}")


_ALL: Final = (
    Routine(
        "check", "校验", "检查整个工作簿，列出错误、提醒和说明", ("select", "ignore", "fix", "write", "form", "out"),
    ),
    Routine("overdue", "待办提醒", "列出该谈心、该通话和其他到期的事项", ("choice", "write")),
    Routine(
        "write", "文档", "写出一种文书（家长通报信、档案卡等）",
        (
            *("document", "choice", "leaders", "campaign", "festival", "release", "template"),
            *("one_file", "pdf", "preview", "out", "name"),
        ),
    ),
    Routine(
        "import", "导入名册", "把别人做的名册（.xlsx、.xls、.ods、CSV……）导入台账，拿不准的只提示不导入",
        ("files", "dry-run", "map", "confirm", "accept"), "import_rosters",
    ),
    Routine("log", "登记", "为选中的孩子在“联系记录”里各添一行谈心或通话，摘要留给您填", ("choice", "contact_kind")),
    Routine("campaign", "新建活动", "按常用的样式新建一项活动和它的全部环节", ("new_campaign",)),
)  # fmt: skip

_OTHERS: Final = {
    "undo": "撤销",
    "restore": "恢复备份",
    "pending": "补写结果",
    "runs": "运行记录",
    "mail": "邮件",
    "mail-status": "邮件记录",
    "protect": "加密",
    "unprotect": "解密",
}

ROUTINES: Final[Mapping[str, Routine]] = {routine.name: routine for routine in _ALL}


def label_of(command: str) -> str:
    """What people call a command; the command's own name where no button does it."""
    found = ROUTINES.get(command)
    return found.label if found else _OTHERS.get(command, command)

"""docs/规则目录.md out of the rules themselves: one source for `rules CODE` and the paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from xl_liushou.core.finding import ERROR, INFO, WARNING
from xl_liushou.rules.catalogue import NEVER_IGNORED, RULES
from xl_liushou.rules.rule import Rule

_LABELS: Final = {ERROR: "错误", WARNING: "提醒", INFO: "说明"}
_FAMILIES: Final = {
    "I": "空着的表",
    "S": "工作表的样子",
    "C": "单元格",
    "K": "编号与引用",
    "R": "孩子与家庭",
    "P": "结对帮扶",
    "L": "联系记录",
    "T": "学习帮扶",
    "A": "活动",
    "V": "志愿者与物资",
}
_INTRODUCTION: Final = """# 规则目录

`check` 检查台账时用的全部规则。代码的第一个字母是类别，同一条规则在每个版本里代码不变。

- **错误**：一定有一处不对，先改正，再打印或发送文书。
- **提醒**：多半有一处不对，或有一件事该做了，请看一看；情况属实的可以不改。
- **说明**：让您知道，不改也可以。

不想检查的规则，把代码写在“设置”表的“忽略规则”里，用顿号隔开，如 K205、R303；只写字母就是整个类别。
{never} 无论怎样设置都会检查。

（本页由程序的规则生成，请不要手改。）
"""


def rules_document() -> str:
    """The catalogue for the school's office, in Markdown."""
    families = groupby(RULES, key=lambda rule: rule.code[0])
    parts = [_INTRODUCTION.format(never="、".join(sorted(NEVER_IGNORED)))]
    for letter, rules in sorted(((letter, list(group)) for letter, group in families), key=_order):
        parts.append(f"## {letter} {_FAMILIES[letter]}\n")
        parts += ["\n".join(_page(rule)) for rule in rules]
    return "\n".join(parts)


def _order(family: tuple[str, list[Rule]]) -> int:
    return list(_FAMILIES).index(family[0])


def _page(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code} {rule.title}\n"
    yield f"{_LABELS[rule.severity]} · {rule.sheet}\n"
    yield f"- 为什么：{rule.why}"
    yield f"- 不好的例子：{rule.bad}"
    yield f"- 好的例子：{rule.good}"
    yield f"- 怎么改：{rule.mend}\n"

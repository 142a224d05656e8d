"""By which way a letter goes to a guardian: e-mail, a short text, or paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from xl_liushou.core.table import Record
from xl_liushou.schema.addresses import is_address
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

Channel = Literal["邮件", "短信", "微信", "纸质"]
CHANNELS: Final[tuple[Channel, ...]] = ("邮件", "短信", "微信", "纸质")
_SPOILT: Final = ("C110", "C113", "C116")
"""What makes an address one that nobody should guess at: it is none, looks like a formula, or hides characters."""


@dataclass(frozen=True, slots=True)
class Way:
    """The channel; where it is not the one that was asked for, why, with the code of a D rule if it is one."""

    channel: Channel
    reason: str = ""
    code: str = ""


class Ways:
    """The ways to the guardians of a school."""

    def __init__(self, school: School) -> None:
        spoilt = (one for code in _SPOILT for one in school.problems_by_code.get(code, ()))
        self._spoilt = {(one.sheet, one.cell) for one in spoilt}

    def address(self, guardian: Record) -> str:
        """The guardian's address; "" for none, for several, and for one that hides something."""
        written = guardian[Guardians.email]
        spoilt = (guardian.table.title, guardian.cell(Guardians.email)) in self._spoilt
        return written if is_address(written) and not spoilt else ""

    def to(self, guardian: Record, children: Sequence[Record]) -> Way:
        """The way for a letter about some children: nothing but paper without everybody's consent."""
        wanted = guardian[Guardians.channel]
        if wanted not in CHANNELS or wanted == "纸质":
            return Way("纸质")
        if open_ones := [one[Children.child_id] for one in children if one[Children.consent] != "已签"]:
            return Way("纸质", f"{'、'.join(open_ones)} 的同意书还没有签，只能打印", "D803")
        if wanted == "邮件" and not self.address(guardian):
            told = "没有填邮箱" if not guardian[Guardians.email] else "邮箱不是一个正确的地址"
            return Way("纸质", f"{guardian[Guardians.relation]}的{told}，改为打印")
        if wanted != "邮件" and not guardian[Guardians.mobile]:
            return Way("纸质", f"{guardian[Guardians.relation]}没有填手机，改为打印")
        return Way(wanted)

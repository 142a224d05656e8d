"""Puts the parts of the invented accounts together, so that they fit the child and its family."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from xl_liushou.build.demo_guardians import Adult
from xl_liushou.build.demo_people import Pupil

CALLED: Final = {
    "父亲": "爸爸", "母亲": "妈妈", "祖父": "爷爷", "祖母": "奶奶", "外祖父": "外公", "外祖母": "外婆",
    "其他亲属": "姑姑",
}  # fmt: skip

_FOR_ELDERS: Final = ("不识字", "血压", "接视频", "腰疼")
_FOR_OLDER: Final = ("周记", "作文", "应用题", "悄悄话本", "查资料", "广播站", "游戏充", "阅读题", "检测", "医生")
_FOR_BOARDERS: Final = ("住校", "室友")
_FOR_DAY_PUPILS: Final = ("放学会", "放学要", "接送", "早起", "抄小路")
_WRITES_FROM: Final = 3
_PARENTS: Final = ("爸", "妈", "父", "母")


class Writer:
    """Chooses words for one child; the same random numbers give the same words."""

    def __init__(self, random: Random, pupil: Pupil, hobby: str = "") -> None:
        self.random = random
        self.pupil = pupil
        self._away = {one["relation"] for one in pupil.adults if one["works_away"] == "是" and one["capacity"] == "有"}
        self._carer = pupil.carer[1]
        self._words = {
            "名": pupil.call_name,
            "他": pupil.pronoun,
            "爱好": hobby,
            "照护": CALLED[self._carer["relation"]],
        }

    def say(self, choices: Sequence[str], adult: Adult | None = None) -> str:
        """One of the sentences that fit, filled in; `adult` is the grown-up it speaks of."""
        listener = CALLED[adult["relation"]] if adult else ""
        fitting = [fit for text in choices if (fit := self._fitted(text, listener))]
        return self.random.choice(fitting).format(**self._words, 称呼=listener)

    def suits(self, text: str) -> bool:
        """Whether a sentence can be said of this child."""
        return bool(self._fitted(text, ""))

    def _fitted(self, text: str, listener: str) -> str:
        """The text as it fits this child and family, "" where it does not."""
        if not self._fits_child(text) or ("{照护}" in text and listener == self._words["照护"]):
            return ""
        if not any(word in text for word in _PARENTS):
            return text
        if self._away == {"父亲"}:
            return "" if "妈妈" in text else text.replace("爸妈", "爸爸").replace("父母", "父亲")
        if self._away == {"母亲"}:
            return "" if "爸爸" in text else text.replace("爸妈", "妈妈").replace("父母", "母亲")
        return text if len(self._away) > 1 else ""

    def _fits_child(self, text: str) -> bool:
        """Whether age, boarding and carer allow the sentence."""
        unfit: tuple[str, ...] = ()
        if self._words["照护"] in {"爸爸", "妈妈", "姑姑"}:
            unfit += _FOR_ELDERS
        if self.pupil.grade < _WRITES_FROM:
            unfit += _FOR_OLDER
        unfit += _FOR_DAY_PUPILS if self.pupil.row["boards"] == "是" else _FOR_BOARDERS
        return not any(word in text for word in unfit)

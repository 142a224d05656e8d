"""How things are said to families: warm, plain, and never a bare rating."""

from __future__ import annotations

from typing import Final

from xl_liushou.documents import festival_words

ASPECTS: Final = ("学习", "思想", "心理", "品德")
_SAID: Final = {
    "学习": {
        "优": "学得主动扎实，值得表扬",
        "良": "学得认真，稳步向前",
        "中": "基本跟得上，还有进步的空间",
        "差": "有些吃力，还需要多一些帮助",
    },
    "思想": {
        "优": "积极向上，值得表扬",
        "良": "积极健康，表现良好",
        "中": "总体平稳，还可以更积极一些",
        "差": "还需要多一些引导和帮助",
    },
    "心理": {
        "优": "开朗自信，值得高兴",
        "良": "情绪平稳，状态良好",
        "中": "总体平稳，盼着多一些陪伴",
        "差": "还需要多一些关心和帮助",
    },
    "品德": {
        "优": "懂事有礼，值得表扬",
        "良": "待人友善，表现良好",
        "中": "总体不错，好习惯还在培养",
        "差": "还需要多一些提醒和帮助",
    },
}
_HOW_ARE_YOU: Final = "{you}最近好吗？我很想{you}，想把学校和家里的事讲给{you}听。"
_LONG_TIME: Final = "见字如面。好久没有见到{you}了，我很想念{you}，有许多话想在信里慢慢说。"
_OPENINGS: Final = {
    "一年级": "我有好多话想对{you}说。",
    "二年级": "我有好多话想对{you}说。",
    "五年级": _LONG_TIME,
    "六年级": _LONG_TIME,
}
STANDS_OUT: Final = "孩子这学期在{}方面表现突出，我们为孩子高兴。"
IS_GOOD_AT: Final = "孩子的特长是{}"
GIVES_HELP: Final = "学校{by}给孩子安排了{subject}帮扶{when}"
NEXT_STEP: Final = "下一步：{}"
PHRASES: Final = (
    *(phrase for phrases in _SAID.values() for phrase in phrases.values()),
    *dict.fromkeys((*_OPENINGS.values(), _HOW_ARE_YOU)),
    STANDS_OUT,
    IS_GOOD_AT,
    GIVES_HELP,
    NEXT_STEP,
    *festival_words.PHRASES,
)
"""All that the program itself says to a family, with braces where a value goes."""


def said(aspect: str, rating: str) -> str:
    """What the family is told of a rating: 差 → 还需要多一些帮助; "" for a blank."""
    return _SAID[aspect].get(rating, "")


def opening(grade: str, you: str) -> str:
    """How a child of a grade begins its letter, to one reader (您) or several (你们)."""
    return _OPENINGS.get(grade, _HOW_ARE_YOU).format(you=you)


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def clipped(text: str, most: int) -> str:
    """A text on one line of at most so many characters, the last a … where more was said."""
    line = flat(text)
    return line if len(line) <= most else line[: most - 1] + "…"

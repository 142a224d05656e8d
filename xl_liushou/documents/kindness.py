"""How things are said to families: warm, plain, and never a bare rating."""

from __future__ import annotations

from typing import Final

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
_ENDS: Final = "。！？…；.!?;"


def said(aspect: str, rating: str) -> str:
    """What the family is told of a rating: 差 → 还需要多一些帮助; "" for a blank."""
    return _SAID[aspect].get(rating, "")


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """A text on one line that ends as a sentence does."""
    line = flat(text)
    return line if not line or line[-1] in _ENDS else line.rstrip("，、,：:") + "。"


def clipped(text: str, most: int) -> str:
    """A text on one line of at most so many characters, the last a … where more was said."""
    line = flat(text)
    return line if len(line) <= most else line[: most - 1] + "…"

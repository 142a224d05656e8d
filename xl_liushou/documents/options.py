"""What a person may ask for besides the children and the day."""

from __future__ import annotations

from dataclasses import dataclass

from xl_liushou.documents.festivals import Festival


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """`leaders`: 密 columns are shown to named leaders; `campaign`: the 活动编号 of a campaign's paper.

    `by_class`: a list of children is made for each class, not for the school; `festival`: what a child writes for.
    """

    leaders: bool = False
    campaign: str = ""
    by_class: bool = False
    festival: Festival | None = None

"""What a merge context may hold beside text: pictures and charts, as data. A Word adapter draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Picture:
    """PNG or JPEG bytes, shown `width` × `height` mm; `words` say what it shows to who cannot see it."""

    data: bytes
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart, one for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns or (lying) bars over `categories`, of `width` × `height` mm; with `percent` the values are shares of one.

    `words` say what it shows to who cannot see it.
    """

    kind: Literal["column", "bar"]
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    width: float
    height: float
    words: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by its file name, with or without the ending, in the folder of photos beside the workbook.

    It is shown whole, as large as fits into `width` × `height` mm; a Picture takes its place before rendering.
    """

    name: str
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Photos shown two in a row, each above its words."""

    photos: tuple[Photo, ...]

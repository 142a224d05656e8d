"""The photos of a run: what merge contexts name becomes pictures, and what cannot be shown is told once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from xl_liushou.core.drawing import Gallery, Photo, Picture

if TYPE_CHECKING:
    from xl_liushou.adapters.photos import PhotoProblem

_FOLDER: Final = "照片"
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
"""Most of what contexts hold; none of it is a photo."""


def photos_of(book: Path) -> Path:
    """The folder of photos beside a workbook."""
    return book.absolute().parent / _FOLDER


class Album(Protocol):
    """Where photos come from."""

    def picture(self, photo: Photo) -> Picture:
        """The picture of a photo; PhotoProblem where there is none."""


class Photos:
    """The photos of an album, as what merge contexts name is looked at."""

    def __init__(self, album: Album) -> None:
        self._album = album
        self._troubles: dict[str, dict[str, None]] = {}

    @classmethod
    def beside(cls, book: Path) -> Self:
        """Those in the folder `照片` beside a workbook; it is looked into when the first photo is asked for."""
        from xl_liushou.adapters.photos import Album as Folder

        return cls(Folder(photos_of(book)))

    @property
    def notes(self) -> list[str]:
        """What could not be shown so far and what to do about it, a line for each reason."""
        return [told.format(files="、".join(files)) for told, files in self._troubles.items()]

    def shown(self, value: Any) -> Any:
        """The value with pictures in place of photos; "" for a child's photo that is not there."""
        match value:
            case dict():
                return {name: one if type(one) in _PLAIN else self.shown(one) for name, one in value.items()}
            case list():
                return [one if type(one) in _PLAIN else self.shown(one) for one in value]
            case Photo():
                return self._of_child(value)
            case Gallery():
                return self._rows(value)
        return value

    def _of_child(self, photo: Photo) -> Picture | str:
        from xl_liushou.adapters.photos import MissingPhoto, PhotoProblem

        try:
            return self._album.picture(photo)
        except MissingPhoto:
            return ""
        except PhotoProblem as problem:
            self._note(problem)
            return ""

    def _rows(self, gallery: Gallery) -> dict[str, Any]:
        """各行 of one or two pictures with their words, and the names of those that are not among them."""
        from xl_liushou.adapters.photos import PhotoProblem

        found: list[dict[str, Any]] = []
        left_out: list[str] = []
        for photo in gallery.photos:
            try:
                found.append({"图": self._album.picture(photo), "题": photo.words})
            except PhotoProblem as problem:
                self._note(problem)
                left_out.append(photo.name)
        pairs = [(*found[place : place + 2], "")[:2] for place in range(0, len(found), 2)]
        return {"各行": [{"左": left, "右": right} for left, right in pairs], "未附": "、".join(left_out)}

    def _note(self, problem: PhotoProblem) -> None:
        self._troubles.setdefault(problem.told, {})[problem.file] = None

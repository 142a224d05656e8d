"""A `Picture` as Word keeps it: its file, and its drawing in the text as python-docx draws one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xl_liushou.adapters.word_drawing import OFFICE, Drawn, DrawnPart, size_xml
from xl_liushou.core.drawing import Picture

_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_IMAGES: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\x89PNG\r\n\x1a\n": (".png", "image/png"),
    b"\xff\xd8\xff": (".jpeg", "image/jpeg"),
}


def drawn_picture(picture: Picture) -> Drawn:
    """A picture as python-docx draws one inline."""
    kinds = [kind for start, kind in _IMAGES.items() if picture.data.startswith(start)]
    if not kinds:
        raise ValueError("a picture that is neither PNG nor JPEG")
    ending, content_type = kinds[0]
    part = DrawnPart("word/media/drawn", ending, content_type, f"{OFFICE}/image", picture.data)

    def graphic(relation: str) -> str:
        return (
            f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="0" name="{relation}{ending}"/>'
            f"<pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="{relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/>{size_xml("a:ext", picture.width, picture.height)}</a:xfrm>'
            '<a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        )

    return Drawn(part, picture.width, picture.height, picture.words, _PICTURE, graphic)

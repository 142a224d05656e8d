"""Photo files as cameras make them: real JPEGs with EXIF, position, thumbnail, comment and colour profile."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageCms

RED, BLUE, GREEN, WHITE = (220, 30, 30), (30, 30, 220), (30, 160, 60), (255, 255, 255)
MAKER: Final = b"SECRETPHONE"
_ORIENTATION, _MAKE, _GPS = 0x0112, 0x010F, 0x8825


def camera_photo(width: int = 400, height: int = 300, orientation: int | None = None) -> bytes:
    """A blue JPEG whose stored upper left quarter is red, with all the metadata that a phone writes."""
    exif = Image.Exif()
    exif[_MAKE] = MAKER.decode()
    if orientation:
        exif[_ORIENTATION] = orientation
    position = exif.get_ifd(_GPS)
    position[1], position[2], position[3], position[4] = "N", (31.0, 12.0, 30.0), "E", (121.0, 30.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(quartered(width, height), "JPEG", exif=exif, icc_profile=profile, comment=MAKER, xmp=MAKER)


def quartered(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Blue, the upper left quarter red."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def decoded(data: bytes) -> Image.Image:
    """The picture in a file."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture

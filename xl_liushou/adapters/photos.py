"""Photos beside a workbook: found by name, read within bounds, turned upright, made small, stripped of all metadata.

Nothing is written into their folder. A photo is drawn anew on white, so that neither EXIF nor position, comment,
thumbnail or colour profile goes on; Pillow is imported when the first photo is read.
"""

from __future__ import annotations

import io
import os
import unicodedata
import warnings
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_liushou.core.drawing import Photo, Picture
from xl_liushou.core.names import FORBIDDEN, RESERVED

if TYPE_CHECKING:
    from PIL.Image import Image

_ENDINGS: Final = ("", ".jpg", ".jpeg", ".png", ".heic", ".heif")
_HEIF_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_MOST_BYTES: Final = 40_000_000
_MOST_PIXELS: Final = 50_000_000
_MOST_PIXELS_WHOLE: Final = 20_000_000
"""Of a PNG, which cannot be decoded at a part of its size: more would take over 300 MB."""
_PRINTED_DPI: Final = 200
_LEAST_DPI: Final = 96
"""A photo of few pixels is shown smaller rather than coarser than this."""
_QUALITY: Final = 85
_KEPT: Final = 200
"""So many prepared photos are kept for the papers to come."""
_MM: Final = 25.4


class PhotoProblem(Exception):
    """A photo that is not shown; `file` is its name, `told` what a person is told, with {files} for the names."""

    told = "这些照片打不开或不完整：{files}。请重新拷贝一次，或换一张。"

    def __init__(self, file: str) -> None:
        super().__init__(self.told)
        self.file = file


class MissingPhoto(PhotoProblem):
    """No file of this name."""

    told = "没有找到这些照片：{files}。请放进工作簿旁边的“照片”文件夹，文件名要和表里写的一样。"


class BadName(PhotoProblem):
    """A name that leads out of the folder, or that no file may have."""

    told = "这些照片的名字不能用：{files}。“照片”一列里只写文件名，不写文件夹；照片都放在工作簿旁边的“照片”文件夹里。"


class Heif(PhotoProblem):
    """A photo as newer phones keep them."""

    told = (
        "这些照片是 HEIC 格式，程序读不了：{files}。请在手机或电脑上另存为 JPG，放进“照片”文件夹，"
        "表里写了文件名的也改成新的名字。"
    )


class NoPicture(PhotoProblem):
    """A file that is no JPEG or PNG."""

    told = "这些文件不是 JPG 或 PNG 照片：{files}。请另存为 JPG，再放进“照片”文件夹。"


class HugePhoto(PhotoProblem):
    """More bytes or pixels than a photo needs."""

    told = (
        "这些照片太大（超过 5000 万像素，PNG 超过 2000 万，或文件超过 40 MB）：{files}。请先缩小，再放进“照片”文件夹。"
    )


class Album:
    """The photos of one folder, which may be missing; each is prepared once for its size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.picture = lru_cache(maxsize=_KEPT)(self._picture)

    def _picture(self, photo: Photo) -> Picture:
        """The photo as it is printed; a PhotoProblem where it cannot be."""
        file = self._found(photo.name)
        return _prepared(file.name, _content(file), photo)

    def _found(self, name: str) -> Path:
        """The file of a name, whatever its case, with or without its ending."""
        if FORBIDDEN.search(name) or RESERVED.fullmatch(name) or not name.strip(" ."):
            raise BadName(name)
        found = (self._files.get(_folded(name + ending)) for ending in _ENDINGS)
        file = next((path for path in found if path), None)
        if file is None:
            raise MissingPhoto(name)
        return file

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The plain files of the folder by their folded names; no links, which may lead anywhere."""
        try:
            with os.scandir(self._folder) as entries:
                files = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
        except OSError:
            return {}
        return {_folded(name): self._folder / name for name in files}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise PhotoProblem(file.name) from problem
    if len(data) > _MOST_BYTES:
        raise HugePhoto(file.name)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise Heif(file.name)
    return data


def _prepared(name: str, data: bytes, photo: Photo) -> Picture:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        if opened.width * opened.height > (_MOST_PIXELS_WHOLE if opened.format == "PNG" else _MOST_PIXELS):
            raise HugePhoto(name)
        return _drawn(opened, photo)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise HugePhoto(name) from problem
    except UnidentifiedImageError as problem:
        raise NoPicture(name) from problem
    except PhotoProblem:
        raise
    except Exception as problem:  # a file from anywhere may be broken in any way
        raise PhotoProblem(name) from problem


def _drawn(opened: Image, photo: Photo) -> Picture:
    """The picture upright, no finer than print needs, on white, as JPEG."""
    from PIL import Image, ImageOps

    finest = max(opened.size) / _LEAST_DPI * _MM
    most = round(2 * max(photo.width, photo.height) * _PRINTED_DPI / _MM)
    opened.draft("RGB", (most, most))  # a JPEG is decoded at a part of its size at once
    ImageOps.exif_transpose(opened, in_place=True)
    scale = min(photo.width / opened.width, photo.height / opened.height, finest / max(opened.size))
    width, height = opened.width * scale, opened.height * scale
    pixels = max(1, round(width * _PRINTED_DPI / _MM)), max(1, round(height * _PRINTED_DPI / _MM))
    seen = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
    small = seen.resize(pixels, Image.Resampling.LANCZOS, reducing_gap=3.0)
    clean = Image.new("RGB", pixels, "white")
    clean.paste(small, mask=small if small.mode == "RGBA" else None)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), round(width, 2), round(height, 2), photo.words)

"""Photos are found by name alone, come out upright, small and bare, and are refused by name when they harm."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.support.photos import BLUE, MAKER, RED, WHITE, camera_photo, decoded, encoded, quartered
from xl_liushou.adapters.photos import Album, BadName, Heif, HugePhoto, MissingPhoto, NoPicture, PhotoProblem
from xl_liushou.core.drawing import Photo, Picture

BOX = (72.0, 54.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "照片"
    made.mkdir()
    return made


def shown(folder: Path, name: str, box: tuple[float, float] = BOX) -> Picture:
    return Album(folder).picture(Photo(name, *box, words="合影"))


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
"""Where the first pixel of the file is seen, by EXIF's orientation (Exif 2.3, table 6)."""


@pytest.mark.parametrize("orientation", CORNERS)
def test_a_photo_is_turned_upright(folder: Path, orientation: int) -> None:
    (folder / "甲.jpg").write_bytes(camera_photo(400, 300, orientation))
    picture = shown(folder, "甲.jpg")
    seen = decoded(picture.data)
    assert (picture.width > picture.height) == (orientation < 5)
    for right, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
        pixel = seen.getpixel((seen.width * (1 + 2 * right) // 4, seen.height * (1 + 2 * down) // 4))
        assert near(pixel, RED if (right, down) == CORNERS[orientation] else BLUE)


def test_no_metadata_of_any_kind_is_left(folder: Path) -> None:
    original = camera_photo()
    assert original.count(MAKER) == 3
    assert Image.Exif() != decoded(original).getexif()
    (folder / "甲.jpg").write_bytes(original)
    data = shown(folder, "甲.jpg").data
    assert MAKER not in data
    for sign in (b"Exif", b"http", b"ICC_PROFILE", b"Photoshop", b"GPS"):
        assert sign not in data
    seen = decoded(data)
    assert not seen.getexif()
    assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((4000, 3000), (72, 54)), ((3000, 4000), (40.5, 54)), ((8000, 1000), (72, 9)), ((200, 100), (52.92, 26.46))],
    ids=["landscape", "portrait", "panorama", "few pixels"],
)
def test_it_is_shown_whole_as_large_as_the_box_and_its_pixels_allow(
    folder: Path, size: tuple[int, int], wanted: tuple[float, float]
) -> None:
    (folder / "甲.jpg").write_bytes(encoded(quartered(*size), "JPEG"))
    picture = shown(folder, "甲.jpg")
    assert (picture.width, picture.height) == pytest.approx(wanted, abs=0.2)
    assert picture.words == "合影"


def test_it_is_no_finer_than_print_needs(folder: Path) -> None:
    (folder / "甲.jpg").write_bytes(camera_photo(4000, 3000))
    picture = shown(folder, "甲.jpg")
    assert decoded(picture.data).width == round(72 / 25.4 * 200)
    assert len(picture.data) < 40_000


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
def test_any_kind_of_colour_is_taken(folder: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    (folder / "甲.jpg").write_bytes(encoded(quartered(200, 150, mode), kind))
    seen = decoded(shown(folder, "甲.jpg").data)
    assert (seen.format, seen.mode) == ("JPEG", "RGB")
    assert near(seen.getpixel((seen.width * 3 // 4, seen.height * 3 // 4)), BLUE) == (mode in {"P", "RGB", "CMYK"})


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_is_white(folder: Path, mode: str) -> None:
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0)).convert(mode)
    (folder / "甲.png").write_bytes(encoded(clear.convert("RGBA") if mode == "PA" else clear, "PNG"))
    assert near(decoded(shown(folder, "甲.png").data).getpixel((5, 5)), WHITE)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("S001.JPG", "S001"),
        ("S001.jpeg", "S001"),
        ("s001.PNG", "S001"),
        ("合影.jpg", " 合影.jpg "),
        ("é.jpg", "e\u0301"),
    ],
)
def test_a_name_is_found_whatever_its_case_and_ending(folder: Path, file: str, name: str) -> None:
    (folder / file).write_bytes(camera_photo())
    assert shown(folder, name).data


def test_a_photo_is_read_once_for_one_size(folder: Path) -> None:
    (folder / "甲.jpg").write_bytes(camera_photo())
    album, photo = Album(folder), Photo("甲.jpg", *BOX, words="合影")
    first = album.picture(photo)
    (folder / "甲.jpg").unlink()
    assert album.picture(photo) is first


def test_no_more_photos_are_kept_than_a_run_has_use_for(folder: Path) -> None:
    (folder / "甲.jpg").write_bytes(camera_photo(40, 30))
    album = Album(folder)
    for number in range(400):
        album.picture(Photo("甲.jpg", *BOX, words=str(number)))
    assert album.picture.cache_info().currsize <= 200


BAD_NAMES = [
    *("../甲.jpg", "..\\甲.jpg", "/etc/passwd", "C:\\甲.jpg", "C:甲.jpg", "子/甲.jpg", "\\\\server\\甲.jpg", "甲?.jpg"),
    *("..", ".", " ", "CON", "nul.jpg", "com1.png", "甲\x00.jpg", "甲\u202egpj.exe"),
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_leads_elsewhere_is_refused(folder: Path, name: str) -> None:
    (folder.parent / "甲.jpg").write_bytes(camera_photo())
    with pytest.raises(BadName) as caught:
        shown(folder, name)
    assert caught.value.file == name


def test_a_link_and_a_folder_are_no_photos(folder: Path) -> None:
    outside = folder.parent / "甲.jpg"
    outside.write_bytes(camera_photo())
    (folder / "甲.jpg").symlink_to(outside)
    (folder / "乙.jpg").mkdir()
    for name in ("甲.jpg", "乙.jpg"):
        with pytest.raises(MissingPhoto):
            shown(folder, name)


def test_without_the_folder_every_photo_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingPhoto):
        shown(tmp_path / "没有", "甲.jpg")


def bomb() -> bytes:
    """A PNG that says it has 60,000 × 60,000 pixels."""
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    body = b"IDAT" + zlib.compress(bytes(1_000_000))
    chunks = b"".join(
        (len(one) - 4).to_bytes(4, "big") + one + zlib.crc32(one).to_bytes(4, "big") for one in (head, body, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


HARMFUL: dict[str, tuple[Callable[[], bytes], type[PhotoProblem]]] = {
    "bomb": (bomb, HugePhoto),
    "more pixels than a phone's": (lambda: encoded(Image.new("L", (8000, 7000)), "JPEG"), HugePhoto),
    "a PNG that would fill the memory": (lambda: encoded(Image.new("1", (5000, 4100)), "PNG"), HugePhoto),
    "too many bytes": (lambda: bytes(40_000_001), HugePhoto),
    "HEIC by another name": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(100), Heif),
    "a text": (lambda: "不是照片".encode(), NoPicture),
    "nothing": (lambda: b"", NoPicture),
    "a kind of picture we do not read": (lambda: encoded(quartered(20, 20), "GIF"), NoPicture),
    "cut off": (lambda: camera_photo()[:-500], PhotoProblem),
    "PNG with a broken part": (lambda: encoded(quartered(90, 90), "PNG")[:-60] + bytes(60), PhotoProblem),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_what_is_no_sound_photo_is_refused_by_name(folder: Path, kind: str) -> None:
    make, problem = HARMFUL[kind]
    (folder / "甲.jpg").write_bytes(make())
    with pytest.raises(PhotoProblem) as caught:
        shown(folder, "甲")
    assert (type(caught.value), caught.value.file) == (problem, "甲.jpg")
    assert "甲.jpg" in caught.value.told.format(files=caught.value.file)
    assert "请" in caught.value.told


def test_heic_is_known_by_its_ending_too(folder: Path) -> None:
    (folder / "S001.HEIC").write_bytes(b"\x00\x00\x00\x18ftypheic")
    with pytest.raises(Heif, match="另存为 JPG"):
        shown(folder, "S001")


def test_nothing_is_written_into_the_folder(folder: Path) -> None:
    (folder / "甲.jpg").write_bytes(camera_photo())
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    shown(folder, "甲.jpg")
    assert before == {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}

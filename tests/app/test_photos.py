"""Photos that a context names become pictures in rows; what cannot be shown is told once, by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.photos import camera_photo
from xl_liushou.app.photos import Photos
from xl_liushou.core.drawing import Gallery, Photo, Picture


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "照片").mkdir()
    for name in ("甲", "乙", "丙"):
        (tmp_path / "照片" / f"{name}.jpg").write_bytes(camera_photo())
    return tmp_path / "台账.xlsx"


def gallery(*names: str) -> Gallery:
    return Gallery(tuple(Photo(name, 72, 54, words=f"{name}合影") for name in names))


def test_photos_stand_two_in_a_row_and_the_last_may_be_alone(book: Path) -> None:
    told = Photos.beside(book).shown({"开展": [{"照片": gallery("甲.jpg", "乙.jpg", "丙.jpg")}]})["开展"][0]["照片"]
    first, second = told["各行"]
    assert [one["题"] for one in (first["左"], first["右"], second["左"])] == ["甲.jpg合影", "乙.jpg合影", "丙.jpg合影"]
    assert isinstance(first["左"]["图"], Picture)
    assert (second["右"], told["未附"]) == ("", "")


def test_missing_ones_are_named_and_leave_no_gap(book: Path) -> None:
    photos = Photos.beside(book)
    told = photos.shown(gallery("甲.jpg", "丁.jpg", "丙.jpg", "../乙.jpg"))
    assert [(row["左"]["题"], row["右"]["题"]) for row in told["各行"]] == [("甲.jpg合影", "丙.jpg合影")]
    assert told["未附"] == "丁.jpg、../乙.jpg"
    missing, refused = photos.notes
    assert "没有找到" in missing
    assert "丁.jpg" in missing
    assert "名字不能用：../乙.jpg。" in refused


def test_what_is_missing_in_two_papers_is_told_once(book: Path) -> None:
    photos = Photos.beside(book)
    for _ in range(2):
        photos.shown(gallery("丁.jpg", "戊.jpg"))
    (note,) = photos.notes
    assert note.count("丁.jpg") == 1
    assert "丁.jpg、戊.jpg" in note


def test_a_child_without_a_photo_is_no_trouble(book: Path) -> None:
    photos = Photos.beside(book)
    assert photos.shown({"照片": Photo("S001", 25, 35, words="张明的照片")}) == {"照片": ""}
    assert photos.notes == []


def test_a_childs_photo_that_cannot_be_read_is_told(book: Path) -> None:
    (book.parent / "照片" / "S001.jpg").write_bytes(b"?")
    photos = Photos.beside(book)
    assert photos.shown(Photo("S001", 25, 35, words="张明的照片")) == ""
    assert "S001.jpg" in photos.notes[0]


def test_other_values_stay_as_they_are(book: Path) -> None:
    context = {"姓名": "张明", "年龄": 10, "联系记录": [{"摘要": "好"}], "父亲": {"姓名": ""}}
    assert Photos.beside(book).shown(context) == context


def test_a_school_without_the_folder_gets_the_names(tmp_path: Path) -> None:
    photos = Photos.beside(tmp_path / "台账.xlsx")
    assert photos.shown(gallery("甲.jpg", "乙.jpg")) == {"各行": [], "未附": "甲.jpg、乙.jpg"}
    assert not (tmp_path / "照片").exists()

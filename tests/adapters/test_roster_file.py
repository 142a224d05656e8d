"""Rosters of every kind are read by what they are; what cannot be read ends in a sentence, whatever the bytes."""

from __future__ import annotations

import contextlib
import functools
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.binary_book import binary_workbook
from tests.support.libreoffice import convert, requires_libreoffice
from tests.support.workbooks import workbook
from xl_liushou.adapters.protection import encrypted
from xl_liushou.adapters.roster_file import MAX_ROSTER, read_roster
from xl_liushou.adapters.roster_forms import FORMS, keep, kept
from xl_liushou.adapters.state import state_folder
from xl_liushou.core.errors import HostileInput, PasswordNeeded, UnusableInput

TABLE = """
    姓名 | 出生日期 | 电话
    王小明 | d:2017-03-04 | n:13800000001
"""
CELLS = ["王小明", date(2017, 3, 4), 13800000001.0]


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@requires_libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("called", ["名册.{}", "名册.et", "名册"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, kind: str, called: str) -> None:
    path = convert(workbook(tmp_path, 名单=TABLE), kind, tmp_path / "LibreOffice")
    book = read_roster(path.rename(tmp_path / called.format(kind)))
    assert [sheet.name for sheet in book.sheets] == ["名单"]
    assert list(book.sheets[0].rows[1]) == CELLS
    assert not book.dates_known


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_is_read_in_every_encoding_with_every_separator(tmp_path: Path, codec: str, sign: str) -> None:
    lines = [["姓名", "身份证号", "地址"], ["王小明", '="990001"', '"云岭村，二组"'], ["李小兰", "'990002", ""]]
    text = "\r\n".join(sign.join(line) for line in lines)
    book = read_roster(put(tmp_path, "一年级1班.csv", text.encode(codec)))
    assert book.sheets[0].name == "一年级1班"
    rows = [list(row) for row in book.sheets[0].rows]
    assert rows == [["姓名", "身份证号", "地址"], ["王小明", "990001", "云岭村，二组"], ["李小兰", "990002", ""]]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空文件"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是程序认识的名册"),
        (b"PK\x03\x04 and nothing", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
        ('"没有结尾'.encode() + b"x" * 200_000, "格式不完整"),
    ],
)  # fmt: skip
def test_what_is_no_roster_is_told_so(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        read_roster(put(tmp_path, "名册.xls", data))


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostileInput):
        read_roster(put(tmp_path, "名册.csv", bytes(MAX_ROSTER + 1)))


def test_text_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostileInput):
        read_roster(put(tmp_path, "名册.csv", b"," * 3000 + b"\n1" * 3000))


def test_a_password_is_asked_to_be_taken_off(tmp_path: Path) -> None:
    book = workbook(tmp_path, 名单=TABLE)
    with pytest.raises(PasswordNeeded, match="不带密码的副本"):
        read_roster(put(tmp_path, "有密码.xls", encrypted(book.read_bytes(), "abc-12345")))


def test_a_protected_open_document_is_told_so(tmp_path: Path) -> None:
    path = open_document(tmp_path, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    with pytest.raises(PasswordNeeded, match="不带密码的副本"):
        read_roster(path)


@requires_libreoffice
def test_a_protected_xls_is_told_so(tmp_path: Path) -> None:
    data = bytearray(convert(workbook(tmp_path, 名单=TABLE), "xls", tmp_path / "LibreOffice").read_bytes())
    begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # BOF of the workbook; FILEPASS in the next record's place
    data[begin + 20 : begin + 26] = b"\x2f\x00\x02\x00\x01\x00"
    with pytest.raises(PasswordNeeded, match="不带密码的副本"):
        read_roster(put(tmp_path, "名册.xls", bytes(data)))


def open_document(folder: Path, cell: str) -> Path:
    """An .ods of one sheet with these cells."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{cell}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    path = folder / "大.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def test_a_small_file_that_repeats_one_cell_for_ever_is_refused(tmp_path: Path) -> None:
    many = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"'
    )
    full = f'{many} office:value-type="string"><text:p>1</text:p></table:table-cell></table:table-row>'
    with pytest.raises((HostileInput, UnusableInput)):
        read_roster(open_document(tmp_path, full))


def test_inflation_is_bounded_before_anything_else_looks(tmp_path: Path) -> None:
    path = tmp_path / "大.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", bytes(200 << 20))
    with pytest.raises(HostileInput):
        read_roster(path)


@functools.cache
def samples() -> list[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = workbook(folder, 名单=TABLE)
        kinds = [convert(book, kind, folder / "LibreOffice") for kind in ("xls", "ods")]
        return [path.read_bytes() for path in (book, *kinds)]


@requires_libreoffice
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_workbooks_end_in_a_declared_error_or_are_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(samples())))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(content), len(content) // 2]))
    with contextlib.suppress(UnusableInput):
        read_roster(put(tmp_path_factory.mktemp("fuzz"), "名册.xls", bytes(content[:cut])))


@settings(max_examples=200, deadline=None)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8"))))
def test_any_bytes_end_in_a_declared_error_or_are_read(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    with contextlib.suppress(UnusableInput):
        read_roster(put(tmp_path_factory.mktemp("fuzz"), "名册.csv", content))


def test_forms_are_kept_beside_those_of_before_and_damage_forgets_them(tmp_path: Path) -> None:
    state = state_folder(tmp_path)
    keep(state, {"aa": {"1": "父亲.手机"}})
    keep(state, {"bb": {"0": "不导入"}})
    assert kept(state) == {"aa": {"1": "父亲.手机"}, "bb": {"0": "不导入"}}
    (state / FORMS).write_text('{"aa": {"x": 1}, "bb": 3}', encoding="utf-8")
    assert kept(state) == {}
    (state / FORMS).write_bytes(b"\xff\xfe nothing")
    assert kept(state) == {}


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [["姓名", "电话"], ["王小明", 13800000001.0]]
    book = read_roster(binary_workbook(tmp_path / "名册.xlsb", "三年级1班", rows))
    assert [sheet.name for sheet in book.sheets] == ["三年级1班"]
    assert [list(row) for row in book.sheets[0].rows] == rows

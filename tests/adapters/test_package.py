"""Opening the zip: what is no workbook file, and what would harm the machine, is refused in plain Chinese."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.adapters.raw_book import book_parts, sheet_xml, zipped
from xl_liushou.adapters import package as module
from xl_liushou.adapters.package import Package, read_bytes
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.core.errors import HostileInput, LiushouError, PasswordNeeded, UnusableInput

GOOD = zipped(book_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048)


def write(folder: Path, data: bytes, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def encrypted() -> bytes:
    plain, secret = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    OOXMLFile(plain).encrypt("123456", secret)
    return secret.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnusableInput, "空文件"),
        ("姓名,班级\n张三,1班\n".encode(), UnusableInput, "不是 Excel 工作簿"),
        (b"<html><table></table></html>", UnusableInput, "另存为"),
        (GOOD[: len(GOOD) // 2], UnusableInput, "损坏"),
        (GOOD[:-10], UnusableInput, "损坏"),
        (OLE, UnusableInput, "旧版 .xls"),
        (OLE + "Workbook".encode("utf-16-le"), UnusableInput, "另存为"),
        (encrypted(), PasswordNeeded, "密码"),
        (zipped({"a.txt": "hello"}), UnusableInput, "不是 Excel 工作簿"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            UnusableInput,
            "ods",
        ),
        (zipped({}), UnusableInput, "不是 Excel 工作簿"),
    ],
    ids=["empty", "csv", "html", "half", "cut", "ole", "xls", "encrypted", "zip", "ods", "empty-zip"],
)
def test_a_file_that_is_no_workbook_is_refused_with_advice(
    tmp_path: Path, data: bytes, error: type[LiushouError], words: str
) -> None:
    with pytest.raises(error) as caught:
        read_workbook(write(tmp_path, data))
    assert words in caught.value.message
    assert "book.xlsx" in caught.value.message
    assert str(tmp_path) not in caught.value.message


@pytest.mark.parametrize(("target", "words"), [("xl/workbook.bin", "xlsb"), ("word/document.xml", "Word")])
def test_another_kind_of_office_file_is_named(tmp_path: Path, target: str, words: str) -> None:
    parts = book_parts(sheet_xml(""))
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook.xml", target)
    parts[target] = "<document/>"
    with pytest.raises(UnusableInput, match=words):
        read_workbook(write(tmp_path, zipped(parts)))


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="找不到"):
        read_bytes(tmp_path / "none.xlsx")
    with pytest.raises(UnusableInput, match="文件夹"):
        read_bytes(tmp_path)


def test_the_owner_file_of_excel_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="临时文件"):
        read_workbook(write(tmp_path, b"\x05Teacher".ljust(165), "~$book.xlsx"))


@pytest.mark.parametrize(("error", "words"), [(PermissionError, "关闭它，或稍等片刻"), (TimeoutError, "复制到本机")])
def test_a_file_that_another_program_holds_is_told_and_ends_a_reading_command_with_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[OSError], words: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnusableInput, match=words) as caught:
        read_bytes(tmp_path / "book.xlsx")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["a" * 300 + ".xlsx", "a\0b.xlsx"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableInput, match="文件名"):
        read_bytes(tmp_path / name)


def test_too_large_a_file_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "MAX_FILE", 100)
    with pytest.raises(HostileInput, match="MB"):
        read_bytes(write(tmp_path, bytes(101)))


def test_a_part_is_streamed_as_it_was_written() -> None:
    content = bytes(range(256)) * 5000
    package = Package(zipped({"A/b.bin": content}), "x")
    assert b"".join(package.stream("a/B.bin")) == content
    assert all(len(chunk) <= module.CHUNK for chunk in package.stream("a/b.bin"))


def test_a_small_repetitive_part_is_no_bomb_but_a_large_one_is() -> None:
    small = Package(zipped({"p": bytes(module.RATIO_FLOOR)}), "x")
    large = Package(zipped({"p": bytes(module.RATIO_FLOOR + 1)}), "x")
    assert sum(map(len, small.stream("p"))) == module.RATIO_FLOOR
    with pytest.raises(HostileInput):
        list(large.stream("p"))


def test_many_parts_that_are_no_bombs_make_one_together() -> None:
    blank = bytes(module.RATIO_FLOOR)
    few = module.INFLATED_FLOOR // module.RATIO_FLOOR
    Package(zipped({f"p{n}": blank for n in range(few)}), "x")
    with pytest.raises(HostileInput):
        Package(zipped({f"p{n}": blank for n in range(few + 1)}), "x")


def test_all_parts_together_are_bounded_whatever_their_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_INFLATED", 20)
    Package(zipped({"a": "x" * 10, "b": "y" * 10}), "x")
    with pytest.raises(HostileInput):
        Package(zipped({"a": "x" * 10, "b": "y" * 11}), "x")


def test_a_part_is_given_up_as_soon_as_it_is_longer_than_it_says() -> None:
    data = bytearray(zipped({"p": bytes(module.RATIO_FLOOR)}))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    chunks = Package(bytes(data), "x").stream("p")
    with pytest.raises(UnusableInput):
        next(chunks)


def test_a_part_that_lies_about_its_size_does_not_pass() -> None:
    data = bytearray(zipped({"p": b"x" * 5000}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, entry + 24, 10)
    with pytest.raises(UnusableInput):
        list(Package(bytes(data), "x").stream("p"))


def test_a_flipped_byte_is_found() -> None:
    data = bytearray(zipped({"p": bytes(range(256)) * 40}))
    data[40] ^= 0xFF
    with pytest.raises(UnusableInput):
        list(Package(bytes(data), "x").stream("p"))


def test_unknown_methods_and_encrypted_entries_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("p", "x" * 100)
    with pytest.raises(UnusableInput):
        list(Package(buffer.getvalue(), "x").stream("p"))
    data = bytearray(zipped({"p": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnusableInput):
        list(Package(bytes(data), "x").stream("p"))


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(UnusableInput):
        Package(zipped({"xl/a.xml": "1", "XL/A.xml": "2"}), "x")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 2)
    with pytest.raises(HostileInput):
        Package(zipped({"a": "", "b": "", "c": ""}), "x")


def test_a_small_part_is_bounded_when_read_whole() -> None:
    package = Package(zipped({"p": "x" * 11}), "x")
    assert package.read("p", 11) == b"x" * 11
    with pytest.raises(HostileInput):
        package.read("p", 10)


def test_every_cut_of_a_good_file_is_refused_with_a_declared_error(tmp_path: Path) -> None:
    for length in range(1, len(GOOD), 37):
        with pytest.raises(UnusableInput):
            read_workbook(write(tmp_path, GOOD[:length]))

"""The zip around the parts: what is not touched keeps every byte, whatever wrote it."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest

from tests.adapters.patching import BOOK, SHEET, TABLE, book, grid, packed, parts, reason, touched
from xl_liushou.adapters.package import Package
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.adapters.zip_patch import patched_zip, verify
from xl_liushou.core.edits import AppendRows
from xl_liushou.core.errors import UnusableInput

NEW = [AppendRows("表", [["新", 9]])]


class _NoSeek(io.RawIOBase):
    """A file that cannot go back, so that zipfile writes data descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += data
        return len(data)


def raw_member(data: bytes, name: str) -> bytes:
    """A part's bytes from its header to the next."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        starts = [*sorted(info.header_offset for info in archive.infolist()), archive.start_dir]
        start = archive.getinfo(name).header_offset
    return data[start : starts[starts.index(start) + 1]]


def test_data_descriptors() -> None:
    stream = _NoSeek()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(book()).items():
            archive.writestr(name, text)
    before = bytes(stream.data)
    assert b"PK\x07\x08" in before
    done = patch(before, NEW).data
    assert grid(done)[4] == ["新", 9, ""]
    for name in set(packed(before)) - {SHEET, TABLE, BOOK}:
        assert raw_member(done, name) == raw_member(before, name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_extra_fields_comments_and_stored_parts(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = "注释".encode()
        for name, text in parts(book()).items():
            info = zipfile.ZipInfo(name, (2011, 12, 13, 14, 15, 16))
            info.extra, info.comment = struct.pack("<HH4s", 0x4321, 4, b"more"), b"said"
            info.compress_type, info.external_attr = method, 0o644 << 16
            archive.writestr(info, text)
    before = buffer.getvalue()
    done = patch(before, NEW).data
    assert touched(before, done) == {SHEET, TABLE, BOOK}
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        assert archive.testzip() is None
        assert archive.comment == "注释".encode()
        for info in archive.infolist():
            assert (info.comment, info.date_time[0], info.compress_type) == (b"said", 2011, method)
            assert info.extra == struct.pack("<HH4s", 0x4321, 4, b"more")
    assert raw_member(done, "xl/theme/theme1.xml") == raw_member(before, "xl/theme/theme1.xml")


def test_zip64_records() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(book()).items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(text)
    before = _zip64_directory(buffer.getvalue())
    done = patch(before, NEW).data
    assert touched(before, done) == {SHEET, TABLE, BOOK}
    assert grid(done)[4] == ["新", 9, ""]


def _zip64_directory(data: bytes) -> bytes:
    """The zip with every record of its directory in the zip64 form, offsets and sizes, and a zip64 end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, infos = archive.start_dir, archive.infolist()
    records = b""
    for info in infos:
        name = info.filename.encode()
        extra = struct.pack("<HHQQQ", 1, 24, info.file_size, info.compress_size, info.header_offset)
        sizes = (info.CRC, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF)
        head = (b"PK\1\2", 45, 45, info.flag_bits, info.compress_type, 0, 0x21)
        records += struct.pack("<4sHHHHHHIIIHHHHHII", *head, *sizes) + name + extra
    end = start + len(records)
    many = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, len(infos), len(infos), len(records), start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:start] + records + many + locator + last


def test_names_keep_their_bytes() -> None:
    content = parts(book()) | {"xl/media/图片.bin": b"picture", "xl/other/\x82.bin": b"old"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    before = buffer.getvalue().replace(b"xl/worksheets/sheet1.xml", b"xl\\worksheets\\sheet1.xml")
    done = patch(before, NEW).data
    assert done.count(b"xl\\worksheets\\sheet1.xml") == 2
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        assert archive.read("xl/media/图片.bin") == b"picture"
        flags = {info.orig_filename: info.flag_bits for info in archive.infolist()}
    assert flags["xl/media/图片.bin"] & 0x800
    assert not flags["xl/theme/theme1.xml"] & 0x800


def test_duplicate_names_are_refused() -> None:
    content = parts(book()) | {"XL/Worksheets/Sheet1.xml": b"<x/>"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    with pytest.raises(UnusableInput):
        patch(buffer.getvalue(), NEW)


def test_bytes_before_the_zip_are_refused() -> None:
    assert reason(b"#!/bin/sh\n" + book(), *NEW) == "odd-zip"


def test_a_damaged_part_is_found_before_anything_is_written() -> None:
    before = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        start = archive.getinfo("xl/theme/theme1.xml").header_offset
    before[start + 300] ^= 0xFF
    with pytest.raises(UnusableInput, match="损坏"):
        patch(bytes(before), NEW)


def test_broken_xml_is_never_written() -> None:
    package = Package(book(), "x")
    with pytest.raises(UnusableInput, match="损坏"):
        patched_zip(package, {SHEET: [b"<worksheet><sheetData>"]}, {})


def test_the_check_finds_a_part_that_changed_or_went() -> None:
    package = Package(book(), "x")
    other = patched_zip(package, {SHEET: [b"<other/>"]}, {})
    verify(other, package, {SHEET})
    gone = patched_zip(package, {"docProps/app.xml": None}, {"xl/new.xml": b"<new/>"})
    verify(gone, package, {"xl/new.xml"}, {"docProps/app.xml"})
    for data, changed in ((other, {TABLE}), (gone, {"xl/new.xml"})):
        with pytest.raises(UnusableInput):
            verify(data, package, changed)

"""Template files from anywhere: what is no Word template is refused with a sentence, within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.templates import template_bytes
from xl_liushou.adapters.own_templates import copy_template, own_templates
from xl_liushou.adapters.template_file import MAX_CHARACTERS, lines, read_template
from xl_liushou.core.errors import TemplateProblem, UsageProblem

DOCUMENT = "word/document.xml"
TITLES = {"parent-letter": "家长通报信", "roster": "花名册"}


def remade(change: Callable[[bytes], bytes], part: str = DOCUMENT) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template_bytes("{{ 姓名 }}"))) as old, zipfile.ZipFile(written, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return written.getvalue()


def strict(data: bytes) -> bytes:
    return data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )


BAD = {
    "strict": (remade(strict), "Strict"),
    "dtd": (remade(lambda data: data.replace(b"<w:document", b"<!DOCTYPE x><w:document", 1)), "危险"),
    "entity": (remade(lambda data: data + b'<!ENTITY x "y">'), "危险"),
    "utf-16": (remade(lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")), "危险"),
    "bomb": (remade(lambda data: data + b" " * (64 << 20)), "危险"),
    "long": (remade(lambda data: data.replace(b"{{", b"{{" + b"x" * MAX_CHARACTERS)), "危险"),
    "macros": (remade(lambda data: data.replace(b"document.main+xml", b"x"), "[Content_Types].xml"), "另存为"),
    "no xml": (remade(lambda _: b"<w:document"), "另存为"),
    "truncated": (template_bytes("{{ 姓名 }}")[:-40], "另存为"),
    "text": ("尊敬的家长".encode(), "另存为"),
    "empty": (b"", "空文件"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_template_is_refused_with_what_to_do(kind: str, tmp_path: Path) -> None:
    data, message = BAD[kind]
    path = tmp_path / "家长通报信.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateProblem, match=message) as caught:
        read_template(path)
    assert "家长通报信.docx" in caught.value.message


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match="找不到"):
        read_template(tmp_path / "没有.docx")


def test_every_part_with_tags_is_read() -> None:
    data = template_bytes("甲", table="乙", header="丙", footer="丁", footnote="戊", title="己")
    kinds = dict.fromkeys(line.kind for line in lines(data, "样张"))
    assert list(kinds) == ["正文", "页眉", "页脚", "脚注", "文档属性"]


def home(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "模板"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"x")
    return tmp_path / "关爱台账.xlsx"


@pytest.mark.parametrize("name", ["家长通报信.docx", "parent-letter.docx", "Parent-Letter.DOCX"])
def test_a_template_of_the_school_is_known_by_either_name(tmp_path: Path, name: str) -> None:
    found = own_templates(home(tmp_path, name), TITLES).of("parent-letter")
    assert found is not None
    assert found.name == name


def test_two_templates_of_one_kind_are_told(tmp_path: Path) -> None:
    own = own_templates(home(tmp_path, "家长通报信.docx", "parent-letter.docx"), TITLES)
    with pytest.raises(TemplateProblem, match=r"parent-letter\.docx、家长通报信\.docx"):
        own.of("parent-letter")
    assert own.of("roster") is None


def test_lock_files_and_temporary_files_are_nothing(tmp_path: Path) -> None:
    own = own_templates(home(tmp_path, "~$长通报信.docx", "~WRL0001.tmp", ".~家长通报信.docx", "说明.txt"), TITLES)
    assert own.known == {}
    assert own.strangers == []


def test_other_word_files_are_strangers(tmp_path: Path) -> None:
    own = own_templates(home(tmp_path, "家长通报信.doc", "家长信.docx"), TITLES)
    assert [path.name for path in own.strangers] == ["家长信.docx", "家长通报信.doc"]


def test_without_a_folder_there_are_no_own_templates(tmp_path: Path) -> None:
    assert own_templates(tmp_path / "关爱台账.xlsx", TITLES).of("roster") is None


@pytest.mark.parametrize("there", ["家长通报信.docx", "parent-letter.docx"])
def test_a_copy_never_takes_the_place_of_a_file(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"mine")
    with pytest.raises(UsageProblem, match="没有覆盖"):
        copy_template(b"x", tmp_path, ("家长通报信", "parent-letter"))
    assert (tmp_path / there).read_bytes() == b"mine"

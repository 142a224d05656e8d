"""`template list|tags|lint|copy`, and `write` with a school's own templates, from words to files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from tests.support.commands import AS_OF, Ran, program
from tests.support.office import assert_office_file
from tests.support.templates import template_bytes
from xl_liushou.adapters.word import texts
from xl_liushou.documents.catalogue import TEMPLATES

LETTER = "家长通报信.docx"


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    """A copy of the demo workbook in a folder of its own, with a folder 模板 beside it."""
    copy = tmp_path / "关爱台账.xlsx"
    shutil.copy(demo_book, copy)
    (tmp_path / "模板").mkdir()
    return copy


def own(book: Path, text: str, name: str = LETTER) -> Path:
    path = book.parent / "模板" / name
    path.write_bytes(template_bytes(*text.split("\n")))
    return path


def written(book: Path, *more: str | Path, document: str = "parent-letter") -> Ran:
    return program("write", document, book, "--class", "三年级1班", "--as-of", AS_OF, "--json", *more)


def body(file: dict[str, str]) -> str:
    return texts(Path(file["path"]).read_bytes())["正文"]


def test_the_list_tells_which_template_is_in_force(book: Path) -> None:
    path = own(book, "{{ 姓名 }}")
    own(book, "x", "~$长通报信.docx")
    result = program("template", "list", book, "--json").json
    sources = {one["name"]: one["source"] for one in result["templates"]}
    assert set(sources) == set(TEMPLATES)
    assert [name for name, source in sources.items() if source == "own"] == ["parent-letter"]
    assert result["templates"][0]["path"] == str(path)
    assert result["problems"] == []
    assert "程序自带" in program("template", "list").out


def test_the_list_tells_what_stands_in_the_way(book: Path) -> None:
    own(book, "{{ 没有 }}")
    own(book, "x", "roster.docx")
    own(book, "x", "花名册.docx")
    own(book, "x", "随便.docx")
    ran = program("template", "list", book, "--json")
    assert ran.code == 1
    assert [("两个" in one["message"], "1 处" in one["message"], "不会用" in one["message"]) for one in
            ran.json["problems"]] == [(True, False, False), (False, False, True), (False, True, False)]  # fmt: skip


def test_the_tags_of_every_template_are_told() -> None:
    result = program("template", "tags", "家长通报信", "--json").json
    tag = next(one for one in result["tags"] if one["tag"] == "收信人.手机")
    assert set(tag) == {"tag", "within", "meaning", "example", "privacy", "for_leaders", "sometimes"}
    assert tag["privacy"] == "家"
    assert "写在 {% for 孩子 in 孩子们 %}" in program("template", "tags", "parent-letter").out


def test_an_unknown_template_is_told_with_those_there_are() -> None:
    ran = program("template", "tags", "请假条", "--json")
    assert ran.code == 2
    assert "家长通报信" in ran.json["error"]["message"]


def test_a_fresh_copy_has_nothing_wrong_and_takes_no_file_s_place(tmp_path: Path) -> None:
    copied = program("template", "copy", "家长通报信", tmp_path, "--json").json["files"]
    assert [Path(file).name for file in copied] == [LETTER]
    clean = program("template", "lint", copied[0], "--json")
    assert clean.code == 0
    assert clean.json["problems"] == []
    again = program("template", "copy", "parent-letter", tmp_path, "--json")
    assert again.code == 2
    assert "没有覆盖" in again.json["error"]["message"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [LETTER]


def test_lint_tells_everything_and_writes_a_copy_with_comments(tmp_path: Path) -> None:
    file, out = tmp_path / "改过的.docx", tmp_path / "批注.docx"
    file.write_bytes(template_bytes("{{ 姓明 }}", "｛｛姓名｝｝", header="{{ 身份证号 }}"))
    before = file.read_bytes()
    unsure = program("template", "lint", file, "--json")
    assert unsure.code == 2
    assert "--doc" in unsure.json["error"]["message"]
    ran = program("template", "lint", file, "--doc", "家长通报信", "--annotate", out, "--json")
    assert ran.code == 1
    problems = ran.json["problems"]
    assert set(problems[0]) == {"where", "tag", "message", "suggestion", "severity"}
    assert [one["tag"] for one in problems] == ["{{ 姓明 }}", "｛｛姓名｝｝", "{{ 身份证号 }}"]
    assert [one["severity"] for one in problems] == ["error", "error", "audience"]
    assert_office_file(out)
    assert len(list(Document(str(out)).comments)) == 2
    assert file.read_bytes() == before
    refused = program("template", "lint", file, "--doc", "家长通报信", "--annotate", out, "--json")
    assert "没有覆盖" in refused.json["error"]["message"]


def test_a_school_s_own_template_wins_and_prints_values_as_they_are(book: Path) -> None:
    own(book, "给{{ 收信人.称呼 }}的信：{{ 孩子姓名 }}")
    ran = written(book)
    assert ran.code == 0, ran.err
    assert all(body(file).startswith("给") for file in ran.json["files"])
    assert "的信：" in body(ran.json["files"][0])


def test_a_template_given_for_once_wins_over_both(book: Path, tmp_path: Path) -> None:
    own(book, "{{ 没有 }}")
    once = tmp_path / "试一试.docx"
    once.write_bytes(template_bytes("只这一次：{{ 姓名 }}"))
    ran = written(book, "--template", once)
    assert ran.code == 0, ran.err
    assert all("只这一次" in body(file) for file in ran.json["files"])


def test_a_template_with_faults_stops_before_anything_is_written(book: Path) -> None:
    own(book, "{{ 姓明 }}\n{% if 姓名 %}\n{{ range(9) }}")
    ran = written(book)
    assert ran.code == 2
    assert ran.json["error"]["code"] == "template"
    message = ran.json["error"]["message"]
    assert all(part in message for part in (LETTER, "3 处", "是不是 姓名", "endif", "不能调用函数"))
    assert not (book.parent / "输出").exists()


def test_a_tag_that_its_readers_may_not_see_withholds_the_paper(book: Path) -> None:
    own(book, "{{ 身份证号 }}")
    ran = written(book)
    assert ran.code == 1
    assert {one["code"] for one in ran.json["blocked"]} == {"D801"}
    assert ran.json["files"] == []


def test_two_templates_of_a_kind_and_a_strict_one_are_told(book: Path) -> None:
    own(book, "x", "parent-letter.docx")
    own(book, "x")
    assert "两个" in written(book).json["error"]["message"]


def test_a_child_left_in_a_template_reaches_no_other_family(book: Path) -> None:
    files = written(book).json["files"]
    name = Path(files[0]["path"]).stem.split("-")[-1]
    own(book, f"{{{{ 收信人.称呼 }}}}：{name}这学期表现很好，请放心")
    ran = written(book)
    blocked = {one["child"] for one in ran.json["blocked"] if one["code"] == "D802"}
    assert len(blocked) > 3
    assert len(ran.json["files"]) < len(files)


def test_a_companion_sheet_has_a_template_of_its_own(book: Path) -> None:
    own(book, "带队：{{ 带队老师 }}", "走访带队表.docx")
    ran = program("write", "visit-form", book, "--campaign", "HD02", "--as-of", AS_OF, "--json")
    leaders = [file for file in ran.json["files"] if "走访带队表" in file["path"]]
    assert leaders
    assert all(body(file).startswith("带队：") for file in leaders)

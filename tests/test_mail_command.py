"""`mail` from words to a server: over TLS, with login, and what the workbook and the ledger tell afterwards."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import load_workbook

from tests.support.commands import AS_OF, Ran, program
from tests.support.mail_server import ACCOUNT, PASSWORD, Box, certificate, mail_server
from tests.support.office import assert_office_file


def settings(book: Path, **values: Any) -> None:
    """Writes some of 设置."""
    workbook = load_workbook(book)
    for row in workbook["设置"].iter_rows(min_row=2):
        if str(row[0].value) in values:
            row[1].value = values[str(row[0].value)]
    workbook.save(book)


def rows(book: Path, sheet: str) -> list[dict[str, Any]]:
    """The lines of a sheet by their titles."""
    lines: list[list[Any]] = [[cell.value for cell in row] for row in load_workbook(book)[sheet].iter_rows()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:] if any(line)]


def mail(book: Path, *more: str | Path, env: dict[str, str] | None = None) -> Ran:
    return program("mail", book, "last", "--as-of", AS_OF, "--json", *more, env={**(env or {})})


@pytest.fixture(scope="module")
def lettered(demo_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workbook with its parents' letters of two grades."""
    folder = tmp_path_factory.mktemp("lettered")
    shutil.copy(demo_book, folder / "关爱台账.xlsx")
    settings(folder / "关爱台账.xlsx", SMTP服务器="127.0.0.1", SMTP账号=None, SMTP加密="无", 每分钟邮件数="600")
    grades = ("--grade", "三年级", "--grade", "一年级")
    done = program("write", "parent-letter", folder / "关爱台账.xlsx", "--as-of", AS_OF, *grades)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def book(lettered: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(lettered, tmp_path / "school")
    return tmp_path / "school" / "关爱台账.xlsx"


def test_a_dry_run_shows_everything_and_does_nothing(book: Path) -> None:
    before = book.read_bytes()
    ran = mail(book)
    assert ran.code == 0, ran.out + ran.err
    result = ran.json
    planned = [one for one in result["messages"] if one["state"] == "planned"]
    assert planned
    assert all(re.fullmatch("M[0-9a-f]{16}", one["id"]) for one in planned)
    assert sum(result["channels"].values()) == len(list(result_folder(book).iterdir()))
    assert {check["light"] for check in result["checks"]} <= {"绿", "黄"}
    assert "留守" not in "".join(one["subject"] + "".join(one["attachments"]) for one in planned)
    assert book.read_bytes() == before
    assert not any("邮件" in path.name for path in (book.parent / "输出").iterdir())


def result_folder(book: Path) -> Path:
    """Where the letters lie, beside the copy of the workbook."""
    return next((book.parent / "输出").glob("*家长通报信"))


@pytest.mark.parametrize("encryption", ["SSL", "STARTTLS"])
def test_letters_go_out_once_over_tls_with_login(
    book: Path, tmp_path: Path, encryption: Literal["SSL", "STARTTLS"]
) -> None:
    box = Box()
    with mail_server(box, tmp_path, encryption, login=True) as port:
        settings(book, SMTP端口=str(port), SMTP加密=encryption, SMTP账号=ACCOUNT, 书信计入="通话")
        env = {"SSL_CERT_FILE": str(certificate(tmp_path)), "XL_LIUSHOU_SMTP_PASSWORD": PASSWORD}
        ran = mail(book, "--send", env=env)
        assert ran.code == 0, ran.out + ran.err
        again = mail(book, "--send", "--resume", env=env)
        assert again.code == 0, again.out + again.err
        refused = mail(book, "--send", env=env)
    sent = [one for one in ran.json["messages"] if one["state"] == "sent"]
    assert sorted(one["to"] for one in sent) == sorted(to for _, to, _ in box.kept)
    assert len(sent) == len(ran.json["messages"]) == box.logins * len(sent)
    assert {one["state"] for one in again.json["messages"]} == {"sent"}
    assert (refused.code, "--resume" in refused.json["error"]["message"]) == (2, True)
    told = [row for row in rows(book, "发送记录") if row["方式"] == "邮件"]
    assert [row["状态"] for row in told] == ["已发出"] * len(sent)
    counted = [row for row in rows(book, "联系记录") if "用电子邮件寄出" in (row["摘要"] or "")]
    assert sorted(row["儿童编号"] for row in counted) == sorted(child for one in sent for child in one["children"])
    assert {(row["类型"], row["方式"], row["结果"]) for row in counted} == {("通话", "书信", "完成")}
    assert all(row["对象"] and row["记录人"] and row["编号"] for row in counted)
    for path in Path(ran.json["folder"]).glob("*.xlsx"):
        assert_office_file(path)
    assert PASSWORD not in ran.out + ran.err
    assert PASSWORD.encode() not in (book.parent / ".liushou" / "runs.sqlite3").read_bytes()
    assert b"@example.com" not in (book.parent / ".liushou" / "runs.sqlite3").read_bytes()


def test_a_certificate_that_nobody_vouches_for_stops_everything(book: Path, tmp_path: Path) -> None:
    box = Box()
    with mail_server(box, tmp_path, "SSL") as port:
        settings(book, SMTP端口=str(port), SMTP加密="SSL")
        ran = mail(book, "--send")
    assert ran.code == 1
    assert {one["state"] for one in ran.json["messages"]} == {"failed"}
    assert "证书" in ran.json["messages"][0]["reason"]
    assert box.kept == []


def test_a_wrong_password_stops_everything_with_a_sentence(book: Path, tmp_path: Path) -> None:
    box = Box()
    with mail_server(box, tmp_path, "SSL", login=True) as port:
        settings(book, SMTP端口=str(port), SMTP加密="SSL", SMTP账号=ACCOUNT)
        env = {"SSL_CERT_FILE": str(certificate(tmp_path)), "XL_LIUSHOU_SMTP_PASSWORD": "wrong"}
        ran = mail(book, "--send", env=env)
    assert ran.code == 1
    assert "授权码" in ran.json["messages"][0]["reason"]
    assert box.kept == []


def test_what_nobody_knows_waits_for_a_person(book: Path, tmp_path: Path) -> None:
    faults = iter(["cut-after-lost"])
    box = Box(fault=lambda _: next(faults, ""))  # type: ignore[arg-type]
    with mail_server(box, tmp_path) as port:
        settings(book, SMTP端口=str(port))
        ran = mail(book, "--send", "--limit", "1")
        assert (ran.code, ran.json["messages"][0]["state"]) == (1, "unknown")
        unknown = ran.json["messages"][0]["id"]
        assert mail(book, "--send", "--resume").code == 1
        assert unknown.lower() not in "".join(box.ids())
        assert program("mail-status", book, "--json").json["messages"][0]["state"] == "unknown"
        settled = program("mail-status", book, "--settle", unknown, "not-sent", "--json")
        assert settled.code == 0, settled.out
        assert mail(book, "--send", "--resume").code == 0
    assert sum(unknown.lower() in one for one in box.ids()) == 1


def test_a_missing_ledger_beside_a_filled_sheet_stops(book: Path, tmp_path: Path) -> None:
    with mail_server(Box(), tmp_path) as port:
        settings(book, SMTP端口=str(port))
        assert mail(book, "--send", "--limit", "1").code == 0
        shutil.rmtree(book.parent / ".liushou")
        done = program("write", "parent-letter", book, "--as-of", AS_OF, "--grade", "三年级")
        assert done.code == 0
        ran = mail(book, "--send")
    assert ran.code == 2
    assert ".liushou" in ran.json["error"]["message"]


def test_the_sheet_is_made_anew_from_the_ledger(book: Path, tmp_path: Path) -> None:
    with mail_server(Box(), tmp_path) as port:
        settings(book, SMTP端口=str(port))
        assert mail(book, "--send").code == 0
    told = [row for row in rows(book, "发送记录") if row["方式"] == "邮件"]
    workbook = load_workbook(book)
    sheet = workbook["发送记录"]
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, 8).value == "邮件":
            for cell in sheet[row]:
                cell.value = None
    workbook.save(book)
    assert not [row for row in rows(book, "发送记录") if row["方式"] == "邮件"]
    assert program("mail-status", book, "--write").code == 0
    again = [row for row in rows(book, "发送记录") if row["方式"] == "邮件"]
    assert [row["备注"] for row in again] == [row["备注"] for row in told]


def guardian_cell(book: Path, address: str, title: str, value: Any) -> None:
    """Changes the row of the guardian with an address."""
    workbook = load_workbook(book)
    sheet = workbook["监护人"]
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[titles.index("邮箱")].value == address:
            row[titles.index(title)].value = value
    workbook.save(book)


def test_an_address_that_changed_is_asked_about(book: Path, tmp_path: Path) -> None:
    address = mail(book).json["messages"][0]["to"]
    guardian_cell(book, address, "邮箱", "new@example.com")
    box = Box()
    with mail_server(box, tmp_path) as port:
        settings(book, SMTP端口=str(port))
        held = mail(book, "--send")
        assert held.code == 1
        assert [one["to"] for one in held.json["messages"] if one["state"] == "skipped"] == ["new@example.com"]
        assert "new@example.com" not in [to for _, to, _ in box.kept]
        assert mail(book, "--send", "--resume", "--new-address").code == 0
    assert [to for _, to, _ in box.kept].count("new@example.com") == 1


def test_a_letter_that_changed_and_one_that_is_out_of_date_stay(book: Path) -> None:
    letter = sorted(result_folder(book).glob("*.docx"))[0]
    letter.write_bytes(letter.read_bytes() + b" ")
    workbook = load_workbook(book)
    roster = workbook["花名册"]
    changed = roster.cell(2, 1).value
    roster.cell(2, 2).value = "改名了"
    workbook.save(book)
    ran = mail(book)
    assert ran.code == 1
    assert {one["code"] for one in ran.json["blocked"]} == {"D807", "D809"}
    assert changed in {one["child"] for one in ran.json["blocked"]}


def test_a_test_goes_to_the_school_only(book: Path, tmp_path: Path) -> None:
    box = Box()
    with mail_server(box, tmp_path) as port:
        settings(book, SMTP端口=str(port))
        assert mail(book, "--test-to", "stranger@example.com").code == 2
        ran = mail(book, "--test-to", "school@example.com")
    assert ran.json["tested"] == len(box.kept)
    assert {to for _, to, _ in box.kept} == {"school@example.com"}
    assert program("mail-status", book, "--json").json["messages"] == []


def test_drafts_as_files(book: Path) -> None:
    ran = mail(book, "--eml")
    assert sorted(Path(ran.json["folder"]).glob("*.eml"))
    assert {one["state"] for one in ran.json["messages"]} == {"unknown"}
    assert {one["state"] for one in mail(book).json["messages"]} == {"unknown"}

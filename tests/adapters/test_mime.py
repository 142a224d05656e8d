"""Messages as bytes: two independent readers read them rightly, and no value becomes a header of its own."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from xl_liushou.adapters.mime import File, Headers, message_bytes

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HEADERS = Headers(
    "school@example.com", "云岭县青山镇云岭小学", "p1@example.com", "家长通报信（张明、阿依古丽·买买提）——云岭小学",
    "<m1@example.com>", "wang@example.com",
)  # fmt: skip
NAME = "家长通报信-三年级1班-阿依古丽·买买提.docx"
TEXT = ("张明爸爸：您好！", "请看附件。<b>& 完")


def made(headers: Headers = HEADERS, name: str = NAME) -> bytes:
    return message_bytes(headers, TEXT, [File(name, b"PK\x03\x04 letter")], NOW)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def test_python_reads_it() -> None:
    message = read(made())
    assert message["From"] == "云岭县青山镇云岭小学 <school@example.com>"
    assert message["Subject"] == HEADERS.subject
    assert message["To"] == "p1@example.com"
    assert message["Reply-To"] == "wang@example.com"
    assert not {"Cc", "Bcc", "List-Unsubscribe"} & set(message.keys())
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert plain.get_content().split() == " ".join(TEXT).split()
    assert html is not None
    assert "<p>请看附件。&lt;b&gt;&amp; 完</p>" in html.get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == NAME
    assert attached.get_content() == b"PK\x03\x04 letter"
    assert not message.defects


def test_it_is_ascii_in_short_lines_that_end_as_they_should() -> None:
    data = made(name=f"{'很长的名字' * 12}.docx")
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert data.endswith(b"\r\n")
    assert not any(line.startswith(b".") for line in data.split(b"\r\n"))


@pytest.mark.parametrize("evil", ["\r\nBcc: evil@example.com", "\nBcc: evil@example.com", "\u2028Bcc: x", "\x00\u200b"])
def test_no_value_begins_a_header(evil: str) -> None:
    headers = Headers("school@example.com", f"学校{evil}", "p1@example.com", f"信{evil}", "<m1@example.com>")
    message = read(made(headers, f"信{evil}.docx"))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("信")
    assert [part.get_content_type() for part in message.iter_attachments()] != []
    assert "\n" not in str(next(message.iter_attachments()).get_filename())


@pytest.mark.skipif(not shutil.which("mu"), reason="mu (maildir-utils) is not here")
def test_mu_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    subject = "家长通报信（张明）——云岭小学"  # mu shows the first encoded word of a longer one only, also Python's own
    path.write_bytes(made(replace(HEADERS, subject=subject)))
    shown = subprocess.run(
        ["mu", "view", str(path)], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    ).stdout.decode()
    assert "From: 云岭县青山镇云岭小学 <school@example.com>" in shown
    assert f"Subject: {subject}" in shown
    assert NAME in shown
    assert "张明爸爸：您好！" in shown

"""A message as bytes, pure ASCII with CRLF, that common mail programs show rightly.

Names of files stand twice, as RFC 2231 says and as an RFC 2047 word, which older clients look for. Header values
lose every control and invisible character, so that no value can begin a header of its own.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from html import escape
from typing import Final

_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=None)
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_TYPES: Final = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
"""The types of what is sent most, whatever the system knows of types."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What stands at the head of a message; `reply_to` may be blank."""

    sender: str
    sender_name: str
    to: str
    subject: str
    message_id: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file in a message."""

    name: str
    data: bytes


def message_bytes(headers: Headers, text: Sequence[str], files: Iterable[File], sent: datetime) -> bytes:
    """A message of plain text and simple HTML, one paragraph for each text, with files."""
    message = MIMEMultipart("mixed", policy=_POLICY)
    name = _encoded(headers.sender_name)
    message["From"] = f"{name} <{_line(headers.sender)}>" if name else _line(headers.sender)
    message["To"] = _line(headers.to)
    if headers.reply_to:
        message["Reply-To"] = _line(headers.reply_to)
    message["Subject"] = _encoded(headers.subject)
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = _line(headers.message_id)
    both = MIMEMultipart("alternative", policy=_POLICY)
    both.attach(MIMEText("\r\n\r\n".join(text) + "\r\n", "plain", "utf-8", policy=_POLICY))
    both.attach(MIMEText(_html(text), "html", "utf-8", policy=_POLICY))
    message.attach(both)
    for file in files:
        message.attach(_part(file))
    out = io.BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_POLICY).flatten(message)
    return out.getvalue()


def _part(file: File) -> MIMEBase:
    name = _line(file.name)
    suffix = name[name.rfind(".") :].lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    part = MIMEBase(*kind.split("/"), policy=_POLICY)
    part.set_payload(file.data)
    encode_base64(part)
    part.replace_header("Content-Type", f'{kind}; name="{_word(name)}"')
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part


def _html(text: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(one)}</p>\r\n" for one in text)
    head = '<!DOCTYPE html>\r\n<html lang="zh-CN"><head><meta charset="utf-8"></head>'
    return f"{head}<body>\r\n{paragraphs}</body></html>\r\n"


def _line(text: str) -> str:
    """Text without line breaks and anything else that does not show."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _encoded(text: str) -> str:
    """A header value in encoded words of at most 75 characters, folded; "" for nothing."""
    line = _line(text)
    return Header(line, "utf-8", maxlinelen=75).encode(linesep="\r\n") if line else ""


def _word(text: str) -> str:
    """One encoded word, however long: a parameter cannot be folded inside its quotes."""
    if text.isascii():
        return text.replace('"', "").replace("\\", "")
    return Header(text, "utf-8", maxlinelen=0).encode()

"""Mail as data: letters of an earlier run, messages to send, and what the ledger remembers of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

MailState = Literal["unknown", "sent", "failed", "not-sent"]
"""unknown: handed over, or about to be, and no answer came; not-sent: a person has said so of an unknown one."""

MAILABLE: Final = ("parent-letter", "child-letter")
"""The papers that are sent to families."""
LOCAL: Final = ("localhost", "127.0.0.1", "::1")
"""The only servers that are spoken to without encryption: this machine."""

Encryption = Literal["SSL", "STARTTLS", "无"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server as 设置 tells of it; without an `account` nobody logs in."""

    host: str
    port: int
    encryption: Encryption
    account: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter was written to: the guardian's 编号, and the hash of the address on that day.

    "" is the hash of no address; None where the record does not tell.
    """

    key: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be attached under a name; `digest` is the SHA-256 that it must still have."""

    name: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of an earlier run as it stands now.

    `file` is None where no file in the run's folder has its content any more. `recipients` are whom it would be
    written to today, None where today it would read otherwise. `leak` tells what of another child is found in it.
    `own` are the files that the children wrote themselves.
    """

    children: Sequence[str]
    readers: Sequence[Reader]
    file: Attachment | None
    recipients: Sequence[str] | None
    leak: str = ""
    own: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class SendMail:
    """One message to one address. `id` stays the same however often sending is tried.

    `recipient` is the 监护人.编号, `password` what the attachments are protected with ("" for nothing).
    """

    id: str
    purpose: str
    children: Sequence[str]
    recipient: str
    to: str
    subject: str
    text: Sequence[str]
    attachments: Sequence[Attachment]
    reply_to: str = ""
    password: str = ""

    @property
    def digest(self) -> str:
        """The digest of what is sent: of its attachments, in any order."""
        return content_digest(self.attachments)


@dataclass(frozen=True, slots=True)
class Mailed:
    """What the ledger keeps of a message: codes and hashes, no name and no address.

    `book` is the 工作簿编号, `letters` the run that wrote the letter, `run` the one that last acted on the message,
    `told` the one that last told 发送记录 of it. `reason` says why it was not sent, as a stage and a code.
    """

    id: str
    book: str
    letters: str
    run: str
    purpose: str
    children: Sequence[str]
    recipient: str
    address: str
    digest: str
    state: MailState
    reason: str
    time: str
    told: str = ""

    def is_same(self, mail: SendMail, address: str) -> bool:
        """Whether this is the same content for the same purpose to the same person or address of the family."""
        return (
            (self.purpose, self.digest) == (mail.purpose, mail.digest)
            and not set(self.children).isdisjoint(mail.children)
            and (self.recipient == mail.recipient or self.address == address)
        )


def content_digest(attachments: Iterable[Attachment]) -> str:
    """The digest of some attachments, whatever their names and order."""
    return _hashed(*sorted(one.digest for one in attachments))


def mail_id(book: str, purpose: str, recipient: str, digest: str, number: int) -> str:
    """The id of a message; `number` counts how often a person wanted the same one sent before."""
    return f"M{_hashed(book, purpose, recipient, digest, str(number))[:16]}"


def address_hash(book: str, address: str) -> str:
    """What the record keeps of an address; the same address in another school's workbook differs."""
    return _hashed(book, address.casefold())[:16] if address else ""


def _hashed(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()

"""Messages on their way: the ledger first, then the server, then the ledger again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.adapters.mime import File, Headers, message_bytes
from xl_liushou.adapters.smtp import Answer, Courier, Fate, Pace, Patience
from xl_liushou.core.mail import Mailed, MailState, SendMail, address_hash
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.core.run import bytes_digest

DRAFT: Final = "draft"
"""The reason of a message that lies as a draft in somebody's mail program: only a person knows what became of it."""
CHANGED: Final = "changed"
"""The reason of a message whose attachment changed in the last moment."""
_SILENCES: Final = 2
"""So many messages in a row without an answer, and nobody waits for another."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the address and the name that families see, and how the ledger knows workbook, letters and run."""

    address: str
    name: str
    book: str
    letters: str
    run: str

    def recorded(self, mail: SendMail, state: MailState, reason: str) -> Mailed:
        """What the ledger keeps of a message now."""
        address = address_hash(self.book, mail.to)
        about = (mail.purpose, tuple(mail.children), mail.recipient, address, mail.digest)
        return Mailed(
            mail.id, self.book, self.letters, self.run, *about, state, reason, _now().isoformat(" ", "seconds")
        )


def message_of(mail: SendMail, sender: Sender, marked: str = "") -> bytes | None:
    """The message as it goes out; None where an attachment is not what it was. `marked` stands before the subject."""
    files: list[File] = []
    for one in mail.attachments:
        try:
            data = Path(one.path).read_bytes()
        except OSError:
            return None
        if bytes_digest(data) != one.digest:
            return None
        files.append(File(one.name, _locked(data, mail.password)))
    number = f"<{mail.id.lower()}@{sender.address.rpartition('@')[2]}>"
    headers = Headers(sender.address, sender.name, mail.to, f"{marked}{mail.subject}", number, mail.reply_to)
    return message_bytes(headers, mail.text, files, _now())


def _locked(data: bytes, password: str) -> bytes:
    if not password:
        return data
    from xl_liushou.adapters.protection import encrypted

    return encrypted(data, password)


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(slots=True)
class Post:
    """Sends messages, one by one. `results` tells what became of each by its id: its state, and why."""

    sender: Sender
    ledger: MailLedger
    courier: Courier
    pace: Pace
    patience: Patience
    progress: Progress = no_progress
    results: dict[str, tuple[MailState, str]] = field(default_factory=dict)

    def send(self, mails: Sequence[SendMail]) -> None:
        """Sends them all; what can be tried again is, with growing delays, and what is left then has failed."""
        waiting, until = self._round(mails, None), time.monotonic() + sum(self.patience.retries)
        for delay in self.patience.retries:
            if not waiting or time.monotonic() + delay > until + 1:
                break
            time.sleep(delay)
            waiting = self._round(waiting, until)
        self.courier.close()

    def _round(self, mails: Sequence[SendMail], until: float | None) -> list[SendMail]:
        """Tries messages once each; returns those that may be tried again. A round ends when its time is up."""
        waiting: list[SendMail] = []
        silences = 0
        for number, mail in enumerate(mails):
            if until is not None and time.monotonic() > until:
                return [*waiting, *mails[number:]]
            answer = self._one(mail)
            silences = silences + 1 if answer.fate is Fate.UNKNOWN else 0
            if answer.fate is Fate.LATER:
                waiting.append(mail)
            elif answer.fate in (Fate.OFFLINE, Fate.STOPPED) or silences == _SILENCES:
                rest = mails[number + (silences == _SILENCES) :]
                for one in rest:
                    self._fail(one, answer.reason if silences < _SILENCES else "silent")
                return [*waiting, *rest] if answer.fate is Fate.OFFLINE else []
            self.progress(len(self.results), max(len(mails), len(self.results)))
        return waiting

    def _one(self, mail: SendMail) -> Answer:
        message = message_of(mail, self.sender)
        if message is None:
            self._fail(mail, CHANGED)
            return Answer(Fate.REFUSED, CHANGED)
        intended = False

        def about_to() -> bool:
            nonlocal intended
            intended = intended or self.ledger.put(self.sender.recorded(mail, "unknown", ""))
            return intended

        self.pace.wait()
        answer = self.courier.deliver(self.sender.address, mail.to, message, about_to)
        if answer.fate is Fate.TAKEN:
            self.results[mail.id] = ("unknown", answer.reason)
        elif answer.fate in (Fate.ACCEPTED, Fate.UNKNOWN):
            state: MailState = "sent" if answer.fate is Fate.ACCEPTED else "unknown"
            self._answered(mail, state, answer.reason)
        elif intended:
            self._answered(mail, "failed", answer.reason)
        elif answer.fate in (Fate.REFUSED, Fate.LATER):
            self._fail(mail, answer.reason)
        return answer

    def _answered(self, mail: SendMail, state: MailState, reason: str) -> None:
        self.ledger.answered(mail.id, state, reason, _now().isoformat(" ", "seconds"))
        self.results[mail.id] = (state, reason)

    def _fail(self, mail: SendMail, reason: str) -> None:
        """Records a message that was not handed over."""
        self.ledger.put(self.sender.recorded(mail, "failed", reason))
        self.results[mail.id] = ("failed", reason)

"""Handing messages to a mail server over one connection, which is renewed when the server has closed it.

smtplib tells a connection that was lost before the final dot and one that was lost after it in the same way
(RFC 1047). Here the dialogue is done step by step: until the dot is sent a message is certainly not delivered,
and once it is sent only the server's answer tells. Certificates are always checked. (All errors of smtplib
are OSErrors.)
"""

from __future__ import annotations

import contextlib
import re
import select
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from xl_liushou.core.mail import LOCAL, MailServer

_NAMELESS: Final = "[127.0.0.1]"
"""How we greet: the name of this machine is nobody's business."""
_DOTS: Final = re.compile(rb"(?m)^\.")
_CLOSING: Final = 421


class Fate(Enum):
    """What became of a message that was to be handed over."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    OFFLINE = "offline"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message, and why, as a stage and a code.

    ACCEPTED: the server has it. REFUSED: it does not want it. LATER: it may want it later. OFFLINE: there was no
    connection, which may pass; STOPPED: nor will there be one before a person has mended something. UNKNOWN: the
    answer never came. TAKEN: it was not ours to send. All but ACCEPTED and UNKNOWN are certainly not delivered.
    """

    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for an answer to a command, for the one after a whole message, before each new try.

    RFC 5321, 4.5.3.2 asks for ten minutes after the final dot, lest messages go twice.
    """

    command: float = 60
    answer: float = 600
    retries: tuple[float, ...] = (2, 4, 8, 16)


class _NotConnected(Exception):
    """There is no connection; `answer` tells why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


class Courier:
    """Hands messages over, one after the other. `passwords` are tried in their order, and the one that fits is kept."""

    def __init__(
        self, server: MailServer, passwords: Callable[[], Iterable[str]], patience: Patience | None = None
    ) -> None:
        self._server = server
        self._passwords = passwords
        self._patience = patience or Patience()
        self._smtp: smtplib.SMTP | None = None
        self.password: str | None = None

    def deliver(self, sender: str, to: str, message: bytes, about_to: Callable[[], bool]) -> Answer:
        """Hands one message over. `about_to` is called when nothing but its text is missing; False stops it."""
        old = self._smtp is not None
        answer = self._try(sender, to, message, about_to)
        if old and self._smtp is None and answer.fate is Fate.LATER:  # closed by the server since the last message
            answer = self._try(sender, to, message, about_to)
        return answer

    def close(self) -> None:
        """Says goodbye."""
        if self._smtp:
            with contextlib.suppress(OSError):
                _wait(self._smtp, 1)
                self._smtp.quit()
            self._drop()

    def _try(self, sender: str, to: str, message: bytes, about_to: Callable[[], bool]) -> Answer:
        try:
            smtp = self._smtp = self._smtp or self._connected()
            refused = _envelope(smtp, sender, to)
        except _NotConnected as problem:
            return problem.answer
        except OSError:
            self._drop()
            return Answer(Fate.LATER, "cut-envelope")
        if refused:
            self._reset(smtp, refused)
            return _judged(*refused)
        try:
            if not about_to():
                self._drop()
                return Answer(Fate.TAKEN, "taken")
            return self._text(smtp, message)
        except BaseException:
            self._drop()
            raise

    def _text(self, smtp: smtplib.SMTP, message: bytes) -> Answer:
        """Sends the text, then the dot; from then on only an answer tells what became of it."""
        try:
            smtp.send(_DOTS.sub(b"..", message))
            early = _early_reply(smtp)
        except OSError:
            self._drop()
            return Answer(Fate.LATER, "cut-text")
        if early:
            self._drop()
            return _judged(*early)
        try:
            _wait(smtp, self._patience.answer)
            smtp.send(b".\r\n")
            code = smtp.getreply()[0]
            _wait(smtp, self._patience.command)
        except OSError:
            code = 0
        if code // 100 not in (2, 4, 5):
            self._drop()
            return Answer(Fate.UNKNOWN, f"unanswered-{code}" if code > 0 else "unanswered")
        if code == _CLOSING:
            self._drop()
        return _judged(code, "dot")

    def _reset(self, smtp: smtplib.SMTP, refused: tuple[int, str]) -> None:
        """Makes the connection ready for the next message after a refusal."""
        try:
            if refused[0] == _CLOSING or smtp.rset()[0] != 250:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        if self._smtp:
            with contextlib.suppress(OSError):
                self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        """A connection that is encrypted and logged in."""
        tried: list[str] = []
        for password in self._candidates():
            if password in tried:
                continue
            tried.append(password)
            smtp = self._greeted()
            try:
                if self._server.account:
                    smtp.login(self._server.account, password)
            except smtplib.SMTPAuthenticationError as problem:
                smtp.close()
                if problem.smtp_code < 500:
                    raise _NotConnected(Answer(Fate.OFFLINE, f"login-{problem.smtp_code}")) from None
                continue
            except UnicodeEncodeError:
                smtp.close()
                continue
            except smtplib.SMTPNotSupportedError:
                smtp.close()
                raise _NotConnected(Answer(Fate.STOPPED, "login-unknown")) from None
            except OSError:
                smtp.close()
                raise _NotConnected(Answer(Fate.OFFLINE, "cut-login")) from None
            self.password = password
            return smtp
        raise _NotConnected(Answer(Fate.STOPPED, "password" if tried else "no-password"))

    def _candidates(self) -> Iterable[str]:
        if not self._server.account:
            return [""]
        return [self.password] if self.password is not None else self._passwords()

    def _greeted(self) -> smtplib.SMTP:
        """A new connection after the greeting, encrypted as 设置 says."""
        server, wait = self._server, self._patience.command
        if server.encryption == "无" and server.host not in LOCAL:
            raise _NotConnected(Answer(Fate.STOPPED, "not-encrypted"))
        context = ssl.create_default_context()
        smtp: smtplib.SMTP | None = None
        try:
            if server.encryption == "SSL":
                smtp = smtplib.SMTP_SSL(server.host, server.port, _NAMELESS, timeout=wait, context=context)
            else:
                smtp = smtplib.SMTP(server.host, server.port, _NAMELESS, timeout=wait)
            if smtp.sock:  # or the dot waits for the text to be acknowledged, a twentieth of a second each time
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if server.encryption == "STARTTLS":
                smtp.starttls(context=context)
                smtp.ehlo()
        except OSError as problem:
            if smtp:
                smtp.close()
            raise _NotConnected(_connecting(problem)) from None
        return smtp


def _envelope(smtp: smtplib.SMTP, sender: str, to: str) -> tuple[int, str] | None:
    """MAIL, RCPT and DATA; the code and stage of a refusal, or None where the server waits for the text."""
    steps: tuple[tuple[str, Callable[[], tuple[int, bytes]], int], ...] = (
        ("mail", lambda: smtp.mail(sender), 2),
        ("rcpt", lambda: smtp.rcpt(to), 2),
        ("data", lambda: smtp.docmd("DATA"), 3),
    )
    for stage, ask, wanted in steps:
        code = ask()[0]
        if code // 100 != wanted:
            return code, stage
    return None


def _early_reply(smtp: smtplib.SMTP) -> tuple[int, str] | None:
    """What the server said before the dot, by which it does not want the message; None where it waits for it."""
    if not smtp.sock or not select.select([smtp.sock], [], [], 0)[0]:
        return None
    _wait(smtp, 1)
    return smtp.getreply()[0], "text"


def _wait(smtp: smtplib.SMTP, seconds: float) -> None:
    """Sets how long the server may take to answer."""
    if smtp.sock:
        smtp.sock.settimeout(seconds)


def _judged(code: int, stage: str) -> Answer:
    fates = {2: Fate.ACCEPTED, 5: Fate.REFUSED} if stage == "dot" else {5: Fate.REFUSED}
    return Answer(fates.get(code // 100, Fate.LATER), "" if stage == "dot" and code // 100 == 2 else f"{stage}-{code}")


def _connecting(problem: Exception) -> Answer:
    """Why there is no connection: what passes by itself is OFFLINE."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return Answer(Fate.STOPPED, "certificate")
    if isinstance(problem, ssl.SSLError) and not isinstance(problem, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Answer(Fate.STOPPED, "tls")
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return Answer(Fate.STOPPED, "no-starttls")
    if isinstance(problem, smtplib.SMTPResponseException):
        fate = Fate.STOPPED if problem.smtp_code >= 500 else Fate.OFFLINE
        return Answer(fate, f"greeting-{problem.smtp_code}")
    return Answer(Fate.OFFLINE, "no-connection")


class Pace:
    """So many messages a minute at most."""

    def __init__(self, per_minute: float) -> None:
        self._gap = 60 / per_minute
        self._next = 0.0

    def wait(self) -> None:
        """Waits until the next message may go."""
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._gap

"""A mail server on loopback that tests control: TLS and login as asked, and faults at any stage."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ssl
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, syntax
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Fault = Literal[
    "", "mail-450", "mail-550", "rcpt-451", "rcpt-550", "data-451", "data-554", "dot-452", "dot-554", "dot-421",
    "mail-421", "cut-mail", "cut-data", "cut-text", "cut-after-kept", "cut-after-lost", "silent-kept", "silent-lost",
    "garbage-kept", "slow",
]  # fmt: skip
FAULTS: tuple[Fault, ...] = Fault.__args__  # type: ignore[attr-defined]
ACCOUNT, PASSWORD = "school@example.com", "qkzvexmujwhtbdaa"


@dataclass
class Box:
    """What a server has taken, and what it shall do wrong with each message: `fault` is asked once a message."""

    fault: Callable[[str], Fault] = lambda _: ""
    close_after: int = 0
    kept: list[tuple[str, str, bytes]] = field(default_factory=list)
    logins: int = 0
    connections: int = 0

    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in its order."""
        return [str(message["Message-ID"]) for message in self.messages()]

    def messages(self) -> list[EmailMessage]:
        """What was taken, as Python's own reader reads it."""
        return [message_from_bytes(data, policy=policy.default) for _, _, data in self.kept]


class _Server(SMTP):
    """aiosmtpd's server, but for what a fault does while the text is on its way."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        transport: Any = self.transport
        fault = getattr(self.envelope, "fault", "")
        if fault.startswith("data-"):
            await self.push(f"{fault[5:]} no")
        elif fault == "cut-data":
            transport.abort()
        elif fault == "cut-text":
            await self.push("354 go on")
            await self._reader.read(20)
            transport.abort()
        else:
            await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        session.mails = getattr(session, "mails", 0) + 1  # type: ignore[attr-defined]
        if self.box.close_after and session.mails > self.box.close_after:  # type: ignore[attr-defined]
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
            return "421 enough"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        fault = envelope.fault = self.box.fault(address)  # type: ignore[attr-defined]
        if fault == "cut-mail":
            server.transport.abort()
        if fault.startswith(("rcpt-", "mail-")):
            return f"{fault[5:]} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault: Fault = envelope.fault  # type: ignore[attr-defined]
        if fault.startswith("dot-"):
            return f"{fault[4:]} no"
        if not fault.endswith("-lost"):
            self.box.kept.append((str(envelope.mail_from), envelope.rcpt_tos[0], cast(bytes, envelope.content)))
        if fault.startswith("cut-after"):
            server.transport.abort()
        if fault.startswith("silent"):
            await asyncio.sleep(3)
        if fault == "slow":
            await asyncio.sleep(0.1)
        return "354 what" if fault == "garbage-kept" else "250 taken"


class _Controller(Controller):
    """A controller on any free port, whose server counts its connections."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    def factory(self) -> SMTP:
        self.handler.box.connections += 1
        with warnings.catch_warnings():  # aiosmtpd does not see that the socket itself is encrypted
            warnings.simplefilter("ignore")
            return _Server(self.handler, **self.SMTP_kwargs)


@contextlib.contextmanager
def mail_server(
    box: Box, folder: Path, encryption: Literal["SSL", "STARTTLS", "无"] = "无", login: bool = False
) -> Iterator[int]:
    """Runs a server; gives its port."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        good = isinstance(given, LoginPassword) and (given.login, given.password) == (
            ACCOUNT.encode(), PASSWORD.encode(),
        )  # fmt: skip
        box.logins += good
        return AuthResult(success=good, handled=False)

    tls = _server_side(folder) if encryption != "无" else None
    more: dict[str, Any] = {"authenticator": check, "auth_required": True} if login else {}
    if encryption == "STARTTLS":
        more |= {"tls_context": tls, "require_starttls": True}
    more["auth_require_tls"] = encryption == "STARTTLS"
    controller = _Controller(
        _Handler(box), hostname="127.0.0.1", port=0, ssl_context=tls if encryption == "SSL" else None, **more
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key."""
    path = folder / "certificate.pem"
    if not path.exists():
        path.write_bytes(_certificate())
    return path


@cache
def _certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM) + secret


def _server_side(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    return context

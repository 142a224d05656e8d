"""A running LibreOffice that opens workbooks with macros and runs these, as far as its VBA goes."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.libreoffice import in_ci, libreoffice, may_skip

CLIENT = Path(__file__).with_name("uno_client.py")
ADDIN = {"Hidden": True, "FilterName": "Calc MS Excel 2007 VBA XML"}
"""How an .xlam is opened: LibreOffice does not know the extension, and a hidden one never is the active workbook."""
SHOWN = {"Hidden": False}
SECONDS = 600
"""After so long the whole session is ended, and the test that waits for an answer fails."""
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),  # every macro runs
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),  # saving .xlsx asks nothing
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>\n"
)


@functools.cache
def uno_python() -> str | None:
    """The Python that has `uno`: the system's, or LibreOffice's own."""
    office = libreoffice()
    own = [str(office.resolve().parent / "python")] if office else []
    for program in ("/usr/bin/python3", *own):
        with contextlib.suppress(OSError):
            if subprocess.run([program, "-c", "import uno"], capture_output=True, timeout=60).returncode == 0:
                return program
    return None


_may_skip = may_skip() or (uno_python() is None and not in_ci())
requires_uno = pytest.mark.skipif(_may_skip, reason="not installed: LibreOffice with python3-uno")


class Host:
    """A session; what can be asked are the methods of `Desktop` in uno_client.py."""

    def __init__(self, client: subprocess.Popen[str]) -> None:
        self._client = client

    def ask(self, verb: str, *words: Any) -> Any:
        """The answer to a request; fails the test when there is none."""
        assert self._client.stdin
        assert self._client.stdout
        self._client.stdin.write(json.dumps([verb, *words]) + "\n")
        self._client.stdin.flush()
        line = self._client.stdout.readline()
        assert line, f"LibreOffice ended while it was asked to {verb}"
        answer = json.loads(line)
        assert not (isinstance(answer, dict) and "error" in answer), f"{verb}: {answer['error']}"
        return answer


@contextlib.contextmanager
def running_office(environment: Mapping[str, str]) -> Iterator[Host]:
    """A LibreOffice with these variables in its environment and a profile of its own that runs every macro."""
    office, python = libreoffice(), uno_python()
    assert office, "LibreOffice is not installed"
    assert python, "no Python here knows uno (python3-uno)"
    profile, pipe = Path(tempfile.mkdtemp(prefix="test-uno-")), f"liushou{secrets.token_hex(6)}"
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [str(office), f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    command += ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
    with (
        _ended(command, {**os.environ, **environment}, subprocess.DEVNULL) as server,
        _ended([python, str(CLIENT), pipe], {**os.environ, "PYTHONPATH": ""}, subprocess.PIPE) as client,
    ):
        watch = threading.Timer(SECONDS, _kill, (client, server))
        watch.start()
        try:
            yield Host(client)
        finally:
            watch.cancel()
    shutil.rmtree(profile, ignore_errors=True)


@contextlib.contextmanager
def _ended(command: list[str], environment: Mapping[str, str], pipe: int) -> Iterator[subprocess.Popen[str]]:
    """A program with its own children, all of which end with the block; `pipe` is what its words go through."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            _kill(process)


def _kill(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

"""What the command line prints: one JSON object on stdout, or lines for people; all else on stderr."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO

import click

from xl_liushou.app.outcome import Outcome
from xl_liushou.core.passwords import Passwords
from xl_liushou.core.progress import Progress, no_progress


class Console:
    """The two streams of one command, and the exit code it ended with."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.exit_code = 0
        for stream in (sys.stdout, sys.stderr):
            _never_break(stream)

    def finish(self, outcome: Outcome) -> None:
        """Tells the outcome."""
        problem = outcome.problem
        self.exit_code = problem.exit_code if problem else outcome.exit_code
        error = {"error": {"code": problem.code, "message": problem.message}} if problem else {}
        if self.as_json:
            self._json({**outcome.result, **error})
        else:
            for line in outcome.lines:
                click.echo(line)
        for note in outcome.notes:
            click.echo(f"注意：{note}", err=True)
        if problem and not self.as_json:
            click.echo(problem.message, err=True)

    def fail(self, code: str, message: str) -> None:
        """Tells what stopped the command."""
        if self.as_json:
            self._json({"error": {"code": code, "message": message}})
        else:
            click.echo(message, err=True)

    @contextlib.contextmanager
    def progress(self, label: str) -> Iterator[Progress]:
        """A progress bar on stderr, where a person watches; it shows with the first step, after any question."""
        if not sys.stderr.isatty():
            yield no_progress
            return
        with contextlib.ExitStack() as stack:
            bars: list[Any] = []

            def told(done: int, of: int) -> None:
                if not bars:
                    bars.append(stack.enter_context(click.progressbar(length=of, label=label, file=sys.stderr)))
                bars[0].length = of
                bars[0].update(done - bars[0].pos)

            yield told

    @property
    def ask(self) -> Callable[[str], str] | None:
        """Asks the person at the keyboard for a password that nobody sees; None where there is no person."""
        if self.as_json or not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
            return None
        return lambda question: str(click.prompt(question, hide_input=True, err=True, prompt_suffix="："))

    @property
    def confirm(self) -> Callable[[str], bool] | None:
        """Puts a question to the person at the keyboard, who must say yes; None where there is no person."""
        if self.ask is None:
            return None
        return lambda question: bool(click.confirm(question, default=False, err=True, prompt_suffix="？"))

    @property
    def passwords(self) -> Passwords:
        """Where the passwords of protected workbooks come from."""
        from xl_liushou.app.passwords import known_passwords

        return known_passwords(self.ask, lambda note: click.echo(f"注意：{note}", err=True))

    def _json(self, result: dict[str, Any]) -> None:
        data = json.dumps(result, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(data.decode("utf-8"))
        else:
            sys.stdout.flush()
            buffer.write(data + b"\n")
            buffer.flush()


def _never_break(stream: TextIO) -> None:
    """A console that lacks a character shows its code instead of stopping the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")

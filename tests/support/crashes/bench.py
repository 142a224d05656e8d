"""Where one scene is played again and again, and what a campaign saw."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tests.support.crashes.forks import in_child
from tests.support.crashes.judge import Verdict
from tests.support.crashes.scenes import Scene, Told, book_in, colleague
from tests.support.crashes.steps import LOOKS, At, Mode, moments_of, watch
from xl_liushou.core.run import bytes_digest

MARK: Final = "同事改的"
"""What a colleague writes into the workbook."""


@dataclass
class Report:
    """What a campaign saw."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, name: str, number: int = 1) -> None:
        """Counts something."""
        self.counts[name] = self.counts.get(name, 0) + number


class Bench:
    """Where one scene is played again and again, each time in a fresh copy of its folder."""

    def __init__(self, scene: Scene, mode: Mode) -> None:
        self.scene, self.mode = scene, mode
        self.folder = scene.folder.with_name(f"{scene.folder.name}-now")
        self.book = book_in(self.folder)
        self.report = Report()
        self.before = bytes_digest(scene.book.read_bytes())
        self.fresh()
        self.moments = in_child(partial(moments_of, partial(scene.act, self.book), mode))
        self.after = bytes_digest(self.book.read_bytes())
        self.chosen = [number for number, moment in enumerate(self.moments) if moment.step not in LOOKS]

    def fresh(self) -> None:
        """The folder as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.scene.folder, self.folder)

    def act(self, at: At) -> Told:
        """The scene's command in this process, which is watched."""
        watch(at, self.mode)
        return self.scene.act(self.book)

    def judge(self, case: str, number: int, colleague_saves: bool = False, told: Told | None = None) -> None:
        """Looks at what is left, in a child, and lets the next command go on; a colleague may save before that."""

        def look(verdict: Verdict) -> None:
            verdict.look(self.before, self.after)
            if told is not None:
                verdict.outcome(told)
            if colleague_saves:
                verdict.mark = MARK
                self.book.write_bytes(colleague(self.book.read_bytes(), MARK))

        self.judge_by(look, case, number)

    def judge_by(self, look: Callable[[Verdict], None], case: str, number: int) -> None:
        """The same with another first look."""

        def judged() -> tuple[bool, list[str]]:
            watch(lambda *_: None, self.mode)
            verdict = Verdict(self.scene, self.folder)
            look(verdict)
            verdict.go_on(reading=number % 2 == 0)
            return verdict.new, verdict.problems

        try:
            new, problems = in_child(judged)
        except AssertionError as failed:
            new, problems = False, [str(failed)]
        self.report.add("new" if new else "old")
        self.report.problems += [f"{self.scene.name}, {self.mode}, {case}: {problem}" for problem in problems]

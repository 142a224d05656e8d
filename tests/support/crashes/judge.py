"""What must hold after an experiment, and after the next command has gone on by itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.support.crashes.scenes import Content, Scene, Told, book_in, command, content, records, write
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.core.run import Run, bytes_digest

NEXT: Final = 900
"""The number of the record that the next writing command adds."""
_CLAIMS: Final = re.compile("没有变|没有改动|没有写(?!入的权限)|没有做")
"""Words by which a message says that nothing of ours is in the workbook."""


class Verdict:
    """What was seen after one experiment: `new` tells which workbook was found, `problems` what must not be."""

    def __init__(self, scene: Scene, folder: Path, mark: str = "") -> None:
        self.scene, self.folder, self.book, self.mark = scene, folder, book_in(folder), mark
        self.problems: list[str] = []
        self.new = False

    def require(self, holds: object, told: str) -> None:
        """Notes a problem where something does not hold."""
        if not holds:
            self.problems.append(told)

    def look(self, before: str, after: str) -> None:
        """The workbook is the whole old or the whole new one; digests are given where nobody else saved."""
        found = content(self.book)
        self.new = found == self._marked(self.scene.after)
        self.require(self.new or found == self._marked(self.scene.before), f"neither old nor new: {found}")
        digest = bytes_digest(self.book.read_bytes())
        if not self.mark:
            self.require(digest == (after if self.new else before), f"other bytes, {self.new=}")

    def outcome(self, told: Told) -> None:
        """What the command said is true."""
        if told.exit_code == 0:
            self.require(self.new, "success told, the workbook is the old one")
            return
        self.require(told.exit_code in {2, 3}, f"exit code {told.exit_code}: {told.message}")
        self.require(any("\u4e00" <= sign <= "\u9fff" for sign in told.message), f"message {told.message!r}")
        if told.code != "unsettled":
            self.require(not self.new, f"an error told, the workbook is the new one: {told.message}")
        if _CLAIMS.search(told.message):
            self.require(not self.new, f"a false claim: {told.message}")

    def go_on(self, reading: bool) -> None:
        """The next command runs normally and goes on by itself; then the record agrees with the workbook."""
        told = command("runs", self.book)[0] if reading else write(self.book, records(NEXT), command="next")
        self.require(told.exit_code == 0, f"the next command: {told}")
        self.require(content(self.book) == self._now(not reading), f"after the next command: {content(self.book)}")
        self._record()
        self._state_folder()
        self._finish(not reading)

    def _now(self, added: bool) -> Content:
        found = self._marked(self.scene.after if self.new else self.scene.before)
        return found._replace(keys=(*found.keys, f"L{NEXT:04}")) if added else found

    def _marked(self, found: Content) -> Content:
        return found._replace(mark=self.mark) if self.mark else found

    def _runs(self) -> list[Run]:
        with Ledger(self.folder / ".liushou") as ledger:
            return ledger.runs(self.book.name)

    def _subject(self) -> Run | None:
        """The run that was killed or failed, if it came to be recorded."""
        runs = self._runs()
        if self.scene.name == "pending":
            return next(run for run in runs if run.id == self.scene.run)
        wanted = (run for run in runs if run.id not in self.scene.runs and run.command == self.scene.command)
        return next(wanted, None)

    def _record(self) -> None:
        """The record agrees with the workbook."""
        self.require(all(run.state not in {"planned", "writing"} for run in self._runs()), "a run is not settled")
        subject = self._subject()
        if subject is None:
            self.require(not self.new, "the workbook is new, and no run says so")
            return
        over = {"done"} if self.new else {"waiting", "interrupted", "failed"}
        self.require(subject.state in over, f"{self.new=}, recorded as {subject.state}")
        with Ledger(self.folder / ".liushou") as ledger:
            applied = [effect.applied for effect in ledger.effects(subject.id)]
        if self.scene.name != "restore":
            self.require(all(applied) and applied if self.new else not any(applied), f"effects applied: {applied}")
        self.require(bool(subject.backup) is self.new, f"{self.new=}, backup {subject.backup!r}")
        if self.scene.command == "undo":
            target = next(run for run in self._runs() if run.id == self.scene.run)
            told = (target.state, target.undone_by)
            self.require(told == (("undone", subject.id) if self.new else ("done", "")), f"taken back: {told}")

    def _state_folder(self) -> None:
        """Nothing lies in the state folder that nobody needs, and every copy is whole."""
        state = self.folder / ".liushou"
        strays = list(_strays(self.folder))
        self.require(not strays, f"strays: {strays}")
        for copy in (state / "backups").iterdir():
            self.require(_whole(copy), f"a damaged backup: {copy.name}")
        waiting = {f"{run.id}-{run.book}" for run in self._runs() if run.state == "waiting"}
        kept = {one.name for one in (state / "waiting").iterdir()}
        self.require(kept == waiting, f"waiting: {sorted(waiting)}, kept: {sorted(kept)}")

    def _finish(self, added: bool) -> None:
        """What was not written is offered and can be had, and no row is lost or doubled."""
        if not self.new:
            waits = [run.id for run in self._runs() if run.state == "waiting"]
            told = command("pending", self.book, "--apply", waits[-1])[0] if waits else self.scene.act(self.book)
            self.require(told.exit_code == 0, f"it cannot be had: {told}")
        found = content(self.book)
        again = self.scene.name == "restore" and not self.new
        added_keys = (f"L{NEXT:04}",) if added and not again else ()
        self.require(
            sorted(found.keys) == sorted((*self.scene.after.keys, *added_keys)), f"rows at the end: {found.keys}"
        )
        self.require(found.mark == self.mark or self.scene.after.mark or again, f"a colleague's work: {found.mark!r}")
        self.require(not [run for run in self._runs() if run.state == "waiting"], "something waits at the end")
        self.require(not list(_strays(self.folder)), "strays at the end")


def _strays(folder: Path) -> Iterator[str]:
    return (one.name for one in (folder / ".liushou").iterdir() if one.name.startswith("tmp-"))


def _whole(copy: Path) -> bool:
    try:
        with zipfile.ZipFile(copy) as file:
            return file.testzip() is None
    except zipfile.BadZipFile:
        return False

"""The record of runs beside a workbook, and every write into it.

A run that writes holds the lock of the folder's state until it is over: whoever gets the lock knows
that a run which is still recorded as under way has died, and settles it first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters import backups, book_save, copies, disk
from xl_liushou.adapters.book_file import BookFile
from xl_liushou.adapters.disk import reason
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.state import STATE_FOLDER, State, locked, state_folder
from xl_liushou.adapters.waiting import drop_waiting, keep_waiting, waiting_edits
from xl_liushou.app.opening import Opened
from xl_liushou.app.settling import settle, swap_of, told_time
from xl_liushou.core.edits import Edit
from xl_liushou.core.errors import CannotSave, LiushouError, Unsettled, UnusableInput, UsageProblem, WorkbookBusy
from xl_liushou.core.run import Effect, Run, RunState
from xl_liushou.routines.history import can_be_made_anew
from xl_liushou.routines.registry import label_of

_UNDOABLE: Final = 20
"""So many of the last runs that changed the workbook can be undone whatever their age: their backups are kept."""


def new_run(opened: Opened, command: str, now: datetime, as_of: date | None = None, **options: Any) -> Run:
    """A run that begins now."""
    return Run(
        id=_fresh_id(now),
        book=opened.file.path.name,
        command=command,
        started=now.isoformat(timespec="seconds"),
        as_of=as_of.isoformat() if as_of else None,
        options=options,
        before=opened.file.digest,
    )


def _fresh_id(now: datetime) -> str:
    """An id that nothing else has; ids sort by time."""
    return f"{now:%Y%m%d-%H%M%S-%f}"[:-3] + os.urandom(2).hex()[1:]


class Journal:
    """The record of one run, `run`; `notes` tell what became of earlier ones, `effects` what this one did.

    This one is of a run that only reads, or whose folder cannot be written: it is recorded if that can be.
    """

    def __init__(self, opened: Opened, run: Run) -> None:
        self.opened = opened
        self.run = run
        self.notes: list[str] = []
        self.effects: list[Effect] = []

    @property
    def began(self) -> datetime:
        """When the run began."""
        return datetime.fromisoformat(self.run.started)

    def failed(self) -> None:
        """Notes that what the run wanted to write is neither written nor kept; papers that it wrote are there."""
        if self.run.state == "planned" and not self.effects:
            self.run = replace(self.run, state="failed")

    def save(self, data: bytes, edits: Sequence[Edit], effects: Sequence[Effect]) -> None:  # noqa: ARG002
        """Puts other content in the workbook's place."""
        raise _unwritable("结果没有写进工作簿")

    def let_write(self, write: Callable[[], tuple[Sequence[Effect], bytes]]) -> None:  # noqa: ARG002
        """Lets Excel write into the workbook that it has open; `write` returns what it did, and the backup."""
        raise _unwritable("结果没有写进工作簿")

    def end(self, totals: Mapping[str, int], folder: str = "") -> str | None:
        """Records that the run is over; returns its id if it was recorded."""
        with suppress(LiushouError, OSError), Ledger(state_folder(self.opened.file.path.parent)) as ledger:
            ledger.begin(_ended(self.run, totals, folder), self.effects)
            return self.run.id
        return None


class WritingJournal(Journal):
    """The record of a run that may write, kept from its beginning, under the folder's lock.

    `backup` is the id of the copy that it makes of the workbook: its own, if it is not taken up again later.
    """

    def __init__(self, opened: Opened, run: Run, state: State, ledger: Ledger) -> None:
        super().__init__(opened, run)
        self.state = state
        self.ledger = ledger
        self.backup = run.id

    def save(self, data: bytes, edits: Sequence[Edit], effects: Sequence[Effect]) -> None:
        """Saves the workbook with other content; if that cannot be now, the `edits` wait for a later run."""
        file = self.opened.file
        self.run = replace(self.run, before=file.digest)
        if edits:
            self._keep(file, edits)

        kept = self.run

        def about_to(after: str) -> None:
            self.run = replace(kept, state="writing", after=after, backup=self.backup)
            self.ledger.update(self.run, [*self.effects, *effects])

        try:
            self.opened.file = book_save.save_book(self.state, file, data, kept.id, self.backup, about_to)
        except Unsettled:
            raise
        except (CannotSave, WorkbookBusy):
            self.run = kept
            raise
        self.run = replace(self.run, state="done")
        self.effects += [replace(effect, applied=True) for effect in effects]

    def let_write(self, write: Callable[[], tuple[Sequence[Effect], bytes]]) -> None:
        """The same once the file as it was last saved is kept; Excel saves it when its user does."""
        self._keep_copy(self.opened.file.data)
        try:
            effects, present = write()
        except BaseException:
            with suppress(OSError):
                disk.remove(self._copy)
            raise
        self.effects += [replace(effect, applied=True) for effect in effects]
        self.run = replace(self.run, state="done", backup=self.backup)
        with suppress(CannotSave):  # the copy is there already
            self._keep_copy(present)

    @property
    def _copy(self) -> Path:
        return backups.backup_path(self.state.folder, self.opened.file.path.name, self.backup)

    def _keep_copy(self, data: bytes) -> None:
        try:
            backups.keep(self._copy, self.opened.file.sealed(data), self.state.temporary(f"{self.run.id}-backup"))
        except OSError as problem:
            raise CannotSave(
                f"没有能先备份工作簿（{reason(problem)}），所以没有写入。请检查磁盘和文件夹后再试。"
            ) from problem

    def end(self, totals: Mapping[str, int], folder: str = "", also: Sequence[Run] = ()) -> str | None:
        """Records how the run ended, and how others stand by it; removes what nobody needs any more.

        What fails here the next run makes good.
        """
        file = self.opened.file
        with suppress(LiushouError, OSError):
            self.ledger.update(_ended(self.run, totals, folder), self.effects, also)
            if self.run.backup:
                book_save.tidy(swap_of(self.state, file.path.parent, self.run))
            if self.run.state != "waiting":
                drop_waiting(self.state.folder, file, self.run.id)
            if self.run.state in ("done", "waiting"):
                self._drop_overtaken()
            changed = [run.backup for run in self.ledger.runs(file.path.name, "done", "undone") if run.backup]
            today = date.fromisoformat(self.run.started[:10])
            backups.rotate(self.state.folder, file.path.name, changed[-_UNDOABLE:], today)
        return self.run.id

    def drop(self) -> None:
        """Gives up what the run wanted to write; the workbook stays as it is."""
        self.run = replace(self.run, state="interrupted")

    def _keep(self, file: BookFile, edits: Sequence[Edit]) -> None:
        """Keeps the edits on the disk before the workbook is touched."""
        try:
            keep_waiting(self.state.folder, file, self.run.id, edits, self.state.temporary(f"{self.run.id}-edits"))
        except OSError as problem:
            raise CannotSave(
                f"结果没有写进工作簿（{reason(problem)}），原来的内容没有变。请检查磁盘和文件夹后再试。"
            ) from problem
        self.run = replace(self.run, state="waiting")

    def _drop_overtaken(self) -> None:
        """Forgets waiting results that can be made anew, once there are newer ones or the workbook has changed."""
        file, folder = self.opened.file, self.state.folder
        for run in self.ledger.runs(file.path.name, "waiting"):
            if run.id == self.run.id or (run.command != self.run.command and run.before == file.digest):
                continue
            edits: Sequence[Edit] = ()
            with suppress(UnusableInput):  # they wait with a password of before, or are damaged
                edits = waiting_edits(folder, file, run.id)
            if edits and can_be_made_anew(edits):
                self.ledger.update(replace(run, state="interrupted"))
                drop_waiting(folder, file, run.id)


@contextmanager
def reading(opened: Opened, run: Run) -> Iterator[Journal]:
    """The journal of a run that changes nothing; no folder and no other program can stop it."""
    journal = Journal(opened, run)
    journal.notes += settled(opened)
    yield journal


def settled(opened: Opened) -> list[str]:
    """Settles runs that died, if that can be now; tells what became of them and what waits to be written."""
    with suppress(LiushouError, OSError):
        if (opened.file.path.parent / STATE_FOLDER).is_dir():
            with locked(opened.file.path.parent, patience=0) as state, Ledger(state.folder, mends=True) as ledger:
                if notes := _settled(opened, state, ledger):
                    opened.refresh()
                return [*notes, *_sealed(opened, state)]
    return []


@contextmanager
def writing(opened: Opened, run: Run) -> Iterator[WritingJournal]:
    """The journal of a run that writes.

    Raises CannotSave where the folder cannot be written, WorkbookBusy where another run holds its lock.
    """
    with _under_lock(opened, run) as journal:
        journal.run = replace(run, before=opened.file.digest)
        journal.ledger.begin(journal.run)
        yield journal


@contextmanager
def resuming(opened: Opened, run: Run) -> Iterator[WritingJournal]:
    """The journal of a run whose edits wait, taken up again; raises what `writing` raises."""
    with _under_lock(opened, run) as journal:
        if run.id not in [one.id for one in journal.ledger.runs(run.book, "waiting")]:
            raise UsageProblem("这次等待的结果刚刚已经写入或放弃了。")
        journal.effects += journal.ledger.effects(run.id)
        journal.ledger.renew(run.id)
        journal.backup = _fresh_id(datetime.now().astimezone())
        yield journal


@contextmanager
def _under_lock(opened: Opened, run: Run) -> Iterator[WritingJournal]:
    with ExitStack() as stack:
        try:
            state = stack.enter_context(locked(opened.file.path.parent))
            ledger = stack.enter_context(Ledger(state.folder, mends=True))
            journal = WritingJournal(opened, run, state, ledger)
            journal.notes += _settled(opened, state, ledger, but=run.id)
        except OSError as problem:
            raise _unwritable(f"{label_of(run.command)}没有做（{reason(problem)}）") from problem
        opened.refresh()  # it may have been saved while we waited for the lock
        journal.notes += _sealed(opened, state)
        try:
            yield journal
        except UsageProblem:  # words that do not fit are no run
            with suppress(LiushouError):
                ledger.forget(journal.run.id)
            raise
        except Exception:  # a run that is recorded as writing stays so: the next one finds out what became of it
            with suppress(LiushouError):
                ledger.update(_ended(journal.run, run.totals, run.folder, state="failed"))
            raise


def _settled(opened: Opened, state: State, ledger: Ledger, but: str = "") -> list[str]:
    """Settles runs that died; tells what became of them and what waits, `but` for one run."""
    notes = settle(state, ledger, opened.file.path)
    if ledger.set_aside:
        notes.insert(0, f"运行记录坏了，旧的改名为 .liushou 里的“{ledger.set_aside}”，从现在起重新记；备份都还在。")
    waiting = [one for one in ledger.runs(opened.file.path.name, "waiting") if one.id != but]
    if waiting:
        last = waiting[-1]
        notes.append(
            f"有 {len(waiting)} 次的结果还没有写进工作簿（最近一次：“{label_of(last.command)}”，{told_time(last)}）。"
            "请关闭工作簿，再运行：xl-liushou pending 工作簿 --apply last"
        )
    return notes


def _sealed(opened: Opened, state: State) -> list[str]:
    """Gives copies from before a password was set the same one, and tells so."""
    with suppress(OSError):
        if number := copies.seal_plain(state, opened.file):
            return [f"工作簿设有打开密码，{number} 份没有密码的备份也加上了同一个密码。"]
    return []


def _ended(run: Run, totals: Mapping[str, int], folder: str = "", state: RunState = "done") -> Run:
    """A run that is over now; one that did not come to write anything ends in `state`."""
    ended = datetime.now().astimezone().isoformat(timespec="seconds")
    return replace(run, state=state if run.state == "planned" else run.state, ended=ended, totals=totals, folder=folder)


def _unwritable(what: str) -> CannotSave:
    return CannotSave(
        f"{what}：工作簿所在的文件夹不能写入。请把工作簿复制到能写入的文件夹（例如“文档”），或请管理员放开权限。"
    )

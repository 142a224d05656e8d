"""The record of runs: `.liushou/runs.sqlite3`.

A rollback journal with synchronous EXTRA, since WAL does not work on network folders (sqlite.org,
"Write-Ahead Logging", section 1, and "PRAGMA synchronous"). A file that is no database any more is set aside.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters import disk
from xl_liushou.core.errors import CannotSave
from xl_liushou.core.run import Effect, Run, RunState

LEDGER: Final = "runs.sqlite3"
_PATIENCE: Final = 5.0
"""Seconds that a transaction waits for another program's."""
_VERSION: Final = 2
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, book TEXT NOT NULL, command TEXT NOT NULL, started TEXT NOT NULL, as_of TEXT,
    options TEXT NOT NULL, state TEXT NOT NULL, ended TEXT, before TEXT NOT NULL, after TEXT NOT NULL,
    backup TEXT NOT NULL, folder TEXT NOT NULL, undone_by TEXT NOT NULL, totals TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS effects (
    run TEXT NOT NULL REFERENCES runs, number INTEGER NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL,
    sheet TEXT NOT NULL, place TEXT NOT NULL, children TEXT NOT NULL, applied INTEGER NOT NULL,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, book TEXT NOT NULL, letters TEXT NOT NULL, run TEXT NOT NULL, purpose TEXT NOT NULL,
    children TEXT NOT NULL, recipient TEXT NOT NULL, address TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, time TEXT NOT NULL, told TEXT NOT NULL
);
"""
_RUN: Final = (
    "id", "book", "command", "started", "as_of", "options", "state", "ended", "before", "after", "backup", "folder",
    "undone_by", "totals",
)  # fmt: skip
_EFFECT: Final = ("kind", "digest", "sheet", "place", "children", "applied")


class Ledger:
    """The runs on the workbooks of one folder. Every change is a transaction of its own, on the disk when it returns.

    Raises CannotSave where the disk or another program does not let it, or a newer program made it. With
    `mends` one that is damaged is set aside as a file of the name `set_aside`: hold the folder's lock.
    """

    def __init__(self, state: Path, mends: bool = False) -> None:
        self._path = state / LEDGER
        self._mode = "rw"
        self.set_aside = ""
        with _told():
            try:
                self._connection = self._opened(mends)
            except sqlite3.DatabaseError as problem:
                if isinstance(problem, sqlite3.OperationalError) or not mends:
                    raise
                self._set_aside()
                self._connection = self._opened(mends)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def begin(self, run: Run, effects: Iterable[Effect] = ()) -> None:
        """Records a run that begins; with its effects where it is over already."""
        with self.transaction() as connection:
            marks = ", ".join("?" * len(_RUN))
            connection.execute(f"INSERT INTO runs ({', '.join(_RUN)}) VALUES ({marks})", _run_row(run))
            _write_effects(connection, run.id, effects)

    def update(self, run: Run, effects: Iterable[Effect] | None = None, also: Iterable[Run] = ()) -> None:
        """Records how a run stands now, its effects where they are given, and how other runs stand by it."""
        names = ", ".join(f"{name} = ?" for name in _RUN[1:])
        with self.transaction() as connection:
            for one in (run, *also):
                connection.execute(f"UPDATE runs SET {names} WHERE id = ?", (*_run_row(one)[1:], one.id))
            if effects is not None:
                connection.execute("DELETE FROM effects WHERE run = ?", (run.id,))
                _write_effects(connection, run.id, effects)

    def renew(self, run: str) -> None:
        """Makes a run that is taken up again the newest."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET rowid = (SELECT max(rowid) + 1 FROM runs) WHERE id = ?", (run,))

    def forget(self, run: str) -> None:
        """Removes a run that came to nothing, if it wrote nothing."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM runs WHERE id = ? AND state = 'planned'", (run,))

    def runs(self, book: str | None, *states: RunState) -> list[Run]:
        """The runs on a workbook, or on any of the folder, as they began; of all states or of those named."""
        with _told():
            marks = ", ".join("?" * len(states))
            wanted = f"(? IS NULL OR book = ?) AND {f'state IN ({marks})' if states else 'TRUE'}"
            query = f"SELECT {', '.join(_RUN)} FROM runs WHERE {wanted} ORDER BY rowid"
            return [_run(row) for row in self._connection.execute(query, (book, book, *states))]

    def effects(self, run: str) -> list[Effect]:
        """The effects of a run, in their order."""
        with _told():
            rows = self._connection.execute(
                f"SELECT {', '.join(_EFFECT)} FROM effects WHERE run = ? ORDER BY number", (run,)
            )
            return [
                Effect(kind, digest, sheet, place, tuple(json.loads(children)), bool(applied))
                for kind, digest, sheet, place, children, applied in rows
            ]

    def query(self, words: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows that a SELECT finds."""
        with _told():
            return list(self._connection.execute(words, values))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A change that is on the disk, whole, when the block ends."""
        with _told(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def _opened(self, checked: bool) -> sqlite3.Connection:
        connection = self._connected()
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            if checked and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise CannotSave("运行记录是更新版本的程序写的，这个版本不能往里写，所以没有做。请升级程序后再试。")
            if version < _VERSION and self._mode == "rw":
                connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection

    def _connected(self) -> sqlite3.Connection:
        """A connection; to a file that we may not write one that only reads."""
        path = self._path.absolute()
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as problem:
            if problem.errno not in {errno.EROFS, errno.EACCES, errno.EPERM}:
                raise
            self._mode = "ro"
        return sqlite3.connect(f"{path.as_uri()}?mode={self._mode}", uri=True, timeout=_PATIENCE, isolation_level=None)

    def _set_aside(self) -> None:
        numbers = (self._path.with_name(f"runs-damaged-{number}.sqlite3") for number in range(1, 1000))
        target = next(path for path in numbers if not path.exists())
        disk.move(self._path, target)
        self.set_aside = target.name


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise CannotSave(
            "运行记录（.liushou 里的 runs.sqlite3）写不进去：磁盘已满、没有写入权限，或另一个程序正占着它。"
            "工作簿没有改动。请检查磁盘和文件夹后再试。"
        ) from problem


def _write_effects(connection: sqlite3.Connection, run: str, effects: Iterable[Effect]) -> None:
    marks = ", ".join("?" * (len(_EFFECT) + 2))
    rows = ((run, number, *_effect_row(effect)) for number, effect in enumerate(effects, 1))
    connection.executemany(f"INSERT INTO effects VALUES ({marks})", rows)


def _run_row(run: Run) -> tuple[Any, ...]:
    values = {name: getattr(run, name) for name in _RUN}
    values |= {name: json.dumps(values[name], ensure_ascii=False, default=list) for name in ("options", "totals")}
    return tuple(values.values())


def _run(row: tuple[Any, ...]) -> Run:
    values = dict(zip(_RUN, row, strict=True))
    return Run(**{**values, "options": json.loads(values["options"]), "totals": json.loads(values["totals"])})


def _effect_row(effect: Effect) -> tuple[Any, ...]:
    children = json.dumps(list(effect.children), ensure_ascii=False)
    return (effect.kind, effect.digest, effect.sheet, effect.place, children, int(effect.applied))

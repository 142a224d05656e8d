"""The mail in the record of runs: what was handed over to the mail server, and what it answered.

Before a message is handed over it stands here as unknown; only the server's answer, or a person, makes it anything
else. So a program that dies at any instant leaves nothing that a later run would send by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from xl_liushou.adapters.ledger import Ledger
from xl_liushou.core.mail import Mailed, MailState

_COLUMNS: Final = (
    "id", "book", "letters", "run", "purpose", "children", "recipient", "address", "digest", "state", "reason", "time",
    "told",
)  # fmt: skip
_NAMES: Final = ", ".join(_COLUMNS)
_OPEN: Final = "('failed', 'not-sent')"
"""The states in which a message may be tried again."""


class MailLedger:
    """The messages of the workbooks of one folder; raises what `Ledger` raises."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def messages(self, book: str) -> list[Mailed]:
        """Every message of the workbook with this 工作簿编号, as they were first tried."""
        rows = self._ledger.query(f"SELECT {_NAMES} FROM messages WHERE book = ? ORDER BY rowid", book)
        return [_mailed(row) for row in rows]

    def put(self, mail: Mailed) -> bool:
        """Records a message that is about to be handed over, or that could not be.

        False, and nothing is recorded, where it stands as sent or unknown already.
        """
        marks = ", ".join("?" * len(_COLUMNS))
        others = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
        with self._ledger.transaction() as connection:
            done = connection.execute(
                f"INSERT INTO messages ({_NAMES}) VALUES ({marks}) "
                f"ON CONFLICT (id) DO UPDATE SET {others} WHERE state IN {_OPEN}",
                _row(mail),
            )
            return done.rowcount == 1

    def answered(self, message: str, state: MailState, reason: str, time: str) -> None:
        """Records what the server answered."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE messages SET state = ?, reason = ?, time = ? WHERE id = ?", (state, reason, time, message)
            )

    def settle(self, messages: Iterable[str], state: MailState, run: str, time: str) -> None:
        """Records what a person has found out about unknown messages."""
        with self._ledger.transaction() as connection:
            connection.executemany(
                "UPDATE messages SET state = ?, reason = '', run = ?, time = ? WHERE id = ? AND state = 'unknown'",
                [(state, run, time, message) for message in messages],
            )

    def told(self, messages: Iterable[str], run: str) -> None:
        """Notes the run that tells 发送记录 of some messages."""
        with self._ledger.transaction() as connection:
            connection.executemany("UPDATE messages SET told = ? WHERE id = ?", [(run, one) for one in messages])


def _row(mail: Mailed) -> tuple[Any, ...]:
    values = {name: getattr(mail, name) for name in _COLUMNS}
    return tuple({**values, "children": json.dumps(list(mail.children), ensure_ascii=False)}.values())


def _mailed(row: tuple[Any, ...]) -> Mailed:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Mailed(**{**values, "children": tuple(json.loads(values["children"]))})

"""A protected workbook as its people have it: every command takes it, nothing of it is left in the open."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from tests.support.commands import AS_OF, NOBODY, Ran, knowing, program
from tests.support.libreoffice import requires_libreoffice, text_of_protected
from xl_liushou.adapters.protection import decrypted, is_protected
from xl_liushou.cli import cli

SECRET, OTHER = "canary-pass-1", "canary-pass-2"
WORDS = {
    "check": ["check", "BOOK", "--write"],
    "overdue": ["overdue", "BOOK", "--write"],
    "write": ["write", "archive-card", "BOOK", "--class", "三年级1班"],
    "undo": ["undo", "BOOK", "last"],
    "backups": ["backups", "BOOK", "--restore", "last"],
    "import": ["import", "BOOK", "ROSTER"],
    "campaign": [
        *("campaign", "BOOK", "--pattern", "书信电话主题月", "--start", "2026-12-01", "--end", "2026-12-31"),
    ],
    "log": ["log", "BOOK", "--kind", "谈心", "--child", "YL2022003"],
    "mail": ["mail", "BOOK", "last"],
}
"""Commands that are more than their name and the workbook."""
ON_A_BOOK = sorted(
    name
    for name, command in cli.commands.items()
    if name != "new" and any(param.name == "book" for param in command.params)
)


@pytest.fixture(scope="session")
def protected_demo(demo_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workbook with a password and a run of `check --write`; read it, never write it."""
    book = Path(shutil.copy(demo_book, tmp_path_factory.mktemp("protected")))
    assert program("protect", book, env=knowing(SECRET)).code == 0
    words = ("write", "parent-letter", book, "--child", "YL2022003", "--out", tmp_path_factory.mktemp("letters"))
    assert program(*words, env=knowing(SECRET)).code == 0
    assert program("check", book, "--write", "--as-of", AS_OF, env=knowing(SECRET)).code == 0
    return book


@pytest.fixture
def book(protected_demo: Path, tmp_path: Path) -> Path:
    shutil.copytree(protected_demo.parent, tmp_path / "school")
    return tmp_path / "school" / protected_demo.name


def words_of(command: str, book: Path) -> list[str]:
    roster = book.with_name("名册.csv")
    roster.write_text("学生姓名,班级\n石小磊,三年级1班\n", encoding="utf-8")
    files = {"BOOK": str(book), "ROSTER": str(roster)}
    return [files.get(word, word) for word in WORDS.get(command, [command, "BOOK"])]


@pytest.mark.parametrize("command", ON_A_BOOK)
def test_every_command_takes_a_protected_workbook(book: Path, command: str) -> None:
    ran = program(*words_of(command, book), "--json", env=knowing(SECRET))
    assert ran.code == 0, ran.err
    assert ran.json["command"] == command
    assert is_protected(book.read_bytes()) == (command != "unprotect")


@pytest.mark.parametrize("command", ON_A_BOOK)
def test_no_command_asks_where_nobody_is_and_each_says_what_it_needs(book: Path, command: str) -> None:
    before = book.read_bytes()
    ran = program(*words_of(command, book), "--json")
    assert ran.code == 2
    assert ran.json["error"]["code"] == "password-needed"
    assert "XL_LIUSHOU_PASSWORD" in ran.json["error"]["message"]
    ran = program(*words_of(command, book), env=knowing("wrong-one"))
    assert ran.code == 2
    assert "环境变量 XL_LIUSHOU_PASSWORD 里的密码打不开" in ran.err
    assert "wrong-one" not in ran.out + ran.err
    assert book.read_bytes() == before


@pytest.mark.parametrize("command", ["check", "overdue"])
def test_the_answer_is_that_of_the_plain_workbook(demo_book: Path, book: Path, command: str) -> None:
    plain = program(command, demo_book, "--as-of", AS_OF)
    sealed = program(command, book, "--as-of", AS_OF, env=knowing(SECRET))
    assert sealed.out == plain.out
    assert sealed.err == ""


@requires_libreoffice
def test_libreoffice_opens_what_the_program_protected_and_wrote(book: Path, tmp_path: Path) -> None:
    assert "关爱台账" in text_of_protected(book, SECRET, tmp_path)


def texts(book: Path) -> set[bytes]:
    """Names of the demo school as they would stand in a file that is not encrypted.

    Four bytes (two characters in UTF-16 or GBK) turn up in ciphertext by chance, once in a hundred runs.
    """
    table = program("overdue", book, "--json", env=knowing(SECRET)).json["items"]
    names = (item["name"].encode(code) for item in table if item["name"] for code in ("utf-8", "utf-16-le", "gbk"))
    return {name for name in names if len(name) >= 6}


def test_nothing_of_it_is_left_in_the_open(book: Path, tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME")}
    for place in places.values():
        place.mkdir()
    environment = {**knowing(SECRET), **{name: str(place) for name, place in places.items()}}
    canaries = texts(book)
    assert len(canaries) > 50
    for command in ("check", "overdue", "write", "undo", "backups", "pending", "runs"):
        more = ["--out", str(tmp_path / "papers")] if command == "write" else []
        assert program(*words_of(command, book), *more, env=environment).code == 0
    seen = 0
    for path in (one for one in tmp_path.rglob("*") if one.is_file() and tmp_path / "papers" not in one.parents):
        data = path.read_bytes()
        assert not data.startswith(b"PK"), path
        assert not any(text in data for text in canaries), path
        assert SECRET.encode() not in data, path
        seen += is_protected(data)
    assert seen > 4


def test_a_fault_tells_neither_password_nor_content(book: Path) -> None:
    code = (
        "import xl_liushou.app.running as running\n"
        "def fails(opened, *_): raise ValueError(opened.file.password, opened.file)\n"
        "running.run_on = fails\n"
        f"from xl_liushou.cli import main\nmain(['check', {str(book)!r}])"
    )
    environment = {**os.environ, **NOBODY, **knowing(SECRET)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=60)
    assert done.returncode == 70
    report = next((book.parent / ".liushou").glob("crash-*.txt")).read_bytes()
    assert SECRET.encode() not in done.stdout + done.stderr + report


class TestRemembered:
    """The key store of the operating system, asked before the environment and a person."""

    @pytest.fixture
    def keys(self, tmp_path: Path) -> dict[str, str]:
        store = {"PYTHON_KEYRING_BACKEND": "tests.support.keys.FileKeyring", "TEST_KEYS": str(tmp_path / "keys")}
        return {**store, **knowing("")}

    def test_a_password_is_remembered_when_asked(self, book: Path, keys: dict[str, str]) -> None:
        ran = program("protect", book, "--remember", "--json", env={**keys, **knowing(SECRET)})
        assert any("已记住" in note for note in ran.json["notes"])
        assert program("check", book, env=keys).code == 0
        moved = book.rename(book.with_name("新名.xlsx"))
        assert program("check", moved, env=keys).code == 2

    def test_one_that_is_wrong_is_told_and_the_next_is_tried(
        self, book: Path, keys: dict[str, str], tmp_path: Path
    ) -> None:
        (tmp_path / "keys").write_text(f'{{"xl_liushou:{book.resolve()}": "{OTHER}"}}', "utf-8")
        ran = program("check", book, "--as-of", AS_OF, env={**keys, **knowing(SECRET)})
        assert ran.code == 0
        assert "系统密码库里记住的密码打不开" in ran.err
        assert OTHER not in ran.err + ran.out

    def test_the_environment_gives_the_new_password_where_the_store_knows_the_old(
        self, book: Path, keys: dict[str, str], tmp_path: Path
    ) -> None:
        (tmp_path / "keys").write_text(f'{{"xl_liushou:{book.resolve()}": "{SECRET}"}}', "utf-8")
        assert program("protect", book, env={**keys, **knowing(OTHER)}).code == 0
        assert decrypted(book.read_bytes(), OTHER, "x")
        assert program("check", book, env=keys).code == 0
        assert program("unprotect", book, env=keys).code == 0
        assert "xl_liushou" not in (tmp_path / "keys").read_text("utf-8")


def typed(words: Sequence[str | Path], answers: Sequence[str], secret: str = "") -> tuple[Ran, str]:
    """Runs a command in a terminal, in which a person answers each question; also what the terminal showed."""
    import pty

    terminal, end = pty.openpty()
    environment = {**os.environ, **NOBODY, **knowing(secret)}
    with subprocess.Popen(
        [sys.executable, "-m", "xl_liushou", *map(str, words)],
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(end)
        shown, waiting = b"", list(answers)
        while select.select([terminal], [], [], 60)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # Linux: the other end is closed
                break
            if waiting and shown.endswith("：".encode()):
                os.write(terminal, waiting.pop(0).encode() + b"\n")
        out = process.communicate(timeout=60)[0]
    os.close(terminal)
    return Ran(process.returncode, out.decode(), "", out), shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
class TestAsked:
    """A person at a terminal is asked, and nobody sees the answer."""

    def test_the_password_is_asked_for_until_it_fits(self, book: Path) -> None:
        ran, shown = typed(["check", book, "--as-of", AS_OF], ["wrong-one", SECRET])
        assert ran.code == 0
        assert "密码不对，请再输一次：" in shown
        assert SECRET not in shown + ran.out
        assert "wrong-one" not in shown + ran.out

    def test_after_three_wrong_answers_it_is_over(self, book: Path) -> None:
        ran, shown = typed(["check", book], ["a", "b", "c", "d"])
        assert ran.code == 2
        assert shown.count("：") == 3
        assert "给出的密码打不开它" in shown

    def test_with_json_nobody_is_asked(self, book: Path) -> None:
        ran, shown = typed(["check", book, "--json"], [SECRET])
        assert ran.json["error"]["code"] == "password-needed"
        assert shown == ""

    def test_a_new_password_is_typed_twice(self, book: Path) -> None:
        assert typed(["protect", book], [SECRET, OTHER, OTHER])[0].code == 0
        assert decrypted(book.read_bytes(), OTHER, "x")
        ran, shown = typed(["protect", book], [SECRET, SECRET + "x"], secret=OTHER)
        assert ran.code == 2
        assert "两次输入的密码不一样" in shown
        assert decrypted(book.read_bytes(), OTHER, "x")


def test_no_password_is_a_word_of_a_command() -> None:
    for name in ("protect", "unprotect"):
        command = cli.commands[name]
        taken = [param for param in command.params if not (isinstance(param, click.Option) and param.is_flag)]
        assert [param.name for param in taken] == ["book"]

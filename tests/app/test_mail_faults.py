"""The fault campaign: whatever the server does and whenever we die, nobody gets a letter twice, and none is lost."""

from __future__ import annotations

import random
import socket
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from tests.support.crashes.forks import KILLED, in_child
from tests.support.mail_server import FAULTS, Box, Fault, mail_server
from tests.support.mail_world import World
from xl_liushou.adapters.smtp import Patience
from xl_liushou.core.mail import Mailed

_DELIVERED_OR_NOT = ("silent-kept", "silent-lost", "cut-after-kept", "cut-after-lost", "garbage-kept")
"""The faults after which nobody can know."""


def judged(world: World, box: Box) -> list[str]:
    """What must not be: see the issue's promises."""
    kept, ledger = Counter(box.ids()), {f"<{one.id.lower()}@example.com>": one for one in world.mailed()}
    wrong = [key for key, one in ledger.items() if one.state == "sent" and not kept[key]]
    return [
        *(f"delivered {number} times: {message}" for message, number in kept.items() if number > 1),
        *(f"reported sent, not accepted: {key}" for key in wrong),
        *(f"delivered, and neither sent nor unknown: {key}" for key in kept if not _is_listed(ledger, key)),
    ]


def _is_listed(ledger: Mapping[str, Mailed], key: str) -> bool:
    return key in ledger and ledger[key].state in ("sent", "unknown")


def settled(world: World, box: Box, port: int) -> list[str]:
    """The problems after faults are over and the letters were sent on until nothing is left."""
    problems = judged(world, box)
    unknown = {one.id for one in world.mailed() if one.state == "unknown"}
    box.fault, box.close_after = lambda _: "", 0
    world.send(port, "R9")
    states = Counter(one.state for one in world.mailed())
    problems += judged(world, box)
    if states["sent"] + states["unknown"] != len(world.letters):
        problems.append(f"lost: {states}")
    if {one.id for one in world.mailed() if one.state == "unknown"} != unknown:
        problems.append("an unknown message was touched")
    return problems


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_every_stage(tmp_path: Path, fault: Fault) -> None:
    faults = iter([fault])
    box = Box(fault=lambda _: next(faults, ""))
    world = World.of(tmp_path / "world", 3)
    with mail_server(box, tmp_path) as port:
        results = world.send(port)
        state = next(iter(results.values()))[0]
        if fault != "cut-text":  # whether the dot was on its way already is chance
            assert (state == "unknown") == (fault in _DELIVERED_OR_NOT), results
        if fault.endswith("-55" + fault[-1:]) and fault:
            assert state == "failed"
        elif state != "unknown":
            assert state == "sent"
        assert settled(world, box, port) == []


def test_a_server_that_always_says_later(tmp_path: Path) -> None:
    box = Box(fault=lambda _: "rcpt-451")
    world = World.of(tmp_path / "world", 3)
    with mail_server(box, tmp_path) as port:
        assert set(world.send(port).values()) == {("failed", "rcpt-451")}
        assert {one.state for one in world.mailed()} == {"failed"}
        assert settled(world, box, port) == []
    assert len(box.kept) == 3


def test_greylisting_is_waited_for(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()

    def grey(address: str) -> Fault:
        seen[address] += 1
        return "rcpt-451" if seen[address] == 1 else ""

    box = Box(fault=grey)
    world = World.of(tmp_path / "world", 3)
    with mail_server(box, tmp_path) as port:
        patient = Patience(command=1, answer=1, retries=(0.2, 1))
        assert {state for state, _ in world.send(port, patience=patient).values()} == {"sent"}


def test_a_server_that_closes_after_some_messages_is_called_again(tmp_path: Path) -> None:
    box = Box(close_after=4)
    world = World.of(tmp_path / "world", 10)
    with mail_server(box, tmp_path) as port:
        assert {state for state, _ in world.send(port).values()} == {"sent"}
    assert len(box.kept) == 10
    assert box.connections == 4  # and one that aiosmtpd opens itself to see whether it runs


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    world = World.of(tmp_path / "world", 3)
    assert set(world.send(port).values()) == {("failed", "no-connection")}
    box = Box()
    with mail_server(box, tmp_path) as port:
        assert settled(world, box, port) == []


def test_nobody_waits_for_a_server_that_never_answers(tmp_path: Path) -> None:
    box = Box(fault=lambda _: "silent-lost")
    world = World.of(tmp_path / "world", 5)
    with mail_server(box, tmp_path) as port:
        states = Counter(state for state, _ in world.send(port).values())
        assert states == {"unknown": 2, "failed": 3}
        assert settled(world, box, port) == []


def test_a_server_that_knows_a_message_is_never_handed_it_again_by_two_at_once(tmp_path: Path) -> None:
    box = Box(fault=lambda _: "slow")
    world = World.of(tmp_path / "world", 4)
    with mail_server(box, tmp_path) as port:
        first = partial(in_child, partial(world.send, port))
        threads = [Thread(target=first), Thread(target=first)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert judged(world, box) == []
    assert len(box.kept) == 4


def campaign(folder: Path, runs: int, seed: int) -> Counter[str]:
    """Runs with a fault or a SIGKILL at a random instant, each followed by another such and then a quiet one."""
    chance, counts = random.Random(seed), Counter[str]()
    box = Box()
    problems: list[str] = []
    with mail_server(box, folder) as port:
        for number in range(runs):
            world = World.of(folder / f"world-{number}", 4)
            box.kept.clear()
            box.close_after = chance.choice((0, 0, 2))
            box.fault = lambda _: chance.choice(FAULTS) if chance.random() < 0.4 else ""
            for _ in range(2):
                instant = chance.uniform(0.001, 0.06) if chance.random() < 0.6 else None
                died = in_child(partial(world.send, port), kill_after=instant)
                counts["killed" if died == KILLED else "survived"] += 1
            problems += [f"run {number}: {one}" for one in settled(world, box, port)]
            counts.update(one.state for one in world.mailed())
    assert not problems, problems[:20]
    return counts


def test_faults_and_kills_at_random(tmp_path: Path) -> None:
    counts = campaign(tmp_path, 12, seed=7)
    assert counts["killed"]
    assert counts["sent"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_faults_and_kills(tmp_path: Path, seed: int) -> None:
    counts = campaign(tmp_path, 130, seed)
    assert counts["killed"] > 50
    assert counts["survived"] > 50
    assert counts["unknown"]

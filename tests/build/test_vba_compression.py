"""What goes into a VBA project's stream comes out again, by the reading of olevba."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.macros.sources import vba_files
from tests.support.vba_readers import decompressed
from xl_liushou.build.vba_compression import compressed

CODE = st.text(st.characters(max_codepoint=127), max_size=60)


@given(st.lists(CODE, max_size=8), st.integers(0, 400))
def test_text_comes_back(pieces: list[str], times: int) -> None:
    text = "\r\n".join(pieces * times).encode("ascii")
    assert decompressed(compressed(text)) == text


@given(st.binary(max_size=3000))
def test_anything_short_comes_back(data: bytes) -> None:
    assert decompressed(compressed(data)) == data


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 15, 16, 17, 18, 32, 33, 4095, 4096, 4097, 4098, 8192, 8193, 50_000])
@pytest.mark.parametrize("pattern", [b"\0", b"ab", b"abc", b"Attribute VB_Name\r\n", bytes(range(251))], ids=repr)
def test_every_size_comes_back(pattern: bytes, size: int) -> None:
    text = (pattern * (size // len(pattern) + 1))[:size]
    assert decompressed(compressed(text)) == text


def test_a_full_chunk_that_does_not_get_shorter_stays_as_it_is() -> None:
    noise = random.Random(7).randbytes(4096)
    stream = compressed(noise + b"Option Explicit")
    assert stream[1:3] == b"\xff\x3f"
    assert decompressed(stream) == noise + b"Option Explicit"


def test_a_last_chunk_that_has_no_form_is_refused() -> None:
    with pytest.raises(ValueError, match="repetition"):
        compressed(random.Random(7).randbytes(4000))


def test_vba_gets_much_shorter() -> None:
    text = b"".join(path.read_bytes() for path in vba_files())
    assert len(compressed(text)) < 0.6 * len(text)

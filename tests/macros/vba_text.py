"""A small reader of VBA's text: its lines as the compiler sees them, its procedures, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

_STRING = re.compile(r'"(?:[^"]|"")*"')
_HEAD = re.compile(r"(?:(Public|Private) )?(?:Static )?(Sub|Function) (\w+)\((.*)\)(?: As (\w+))?$")
_PARAMETER = re.compile(r"(?:Optional )?(?:ByVal |ByRef )?(\w+)(?: As (\w+))?(?: = .+)?$")
_OPENERS = (
    (re.compile(r"(?:(?:Public|Private) )?(?:Static )?(Sub|Function|Property)\b"), "End {}"),
    (re.compile(r"(With|Select|Type|Enum)\b"), "End {}"),
    (re.compile(r"(If)\b.* Then$"), "End {}"),
    (re.compile(r"(For)\b"), "Next"),
    (re.compile(r"(Do)\b"), "Loop"),
    (re.compile(r"(While)\b"), "Wend"),
    (re.compile(r"(#If)\b"), "#End If"),
)
_CLOSER = re.compile(r"(End (?:Sub|Function|Property|With|Select|Type|Enum|If)|Next|Loop|Wend|#End If)\b")
_WORDS = (
    "And As ByRef ByVal Const Dim Do Each Else ElseIf End Error Exit False For Function GoTo If In Is Loop Me Mod New "
    "Next Not Nothing On Option Optional Or Private Public Resume Select Set Static Sub Then To True Until Wend While "
    "With Xor Boolean Long String Variant"
)
KEYWORDS = frozenset(_WORDS.lower().split())


@dataclass(frozen=True)
class Procedure:
    """One Sub or Function; `parameters` are (name, type)."""

    name: str
    kind: str
    is_public: bool
    parameters: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    @property
    def locals(self) -> set[str]:
        """The names it declares itself, its own and its labels among them."""
        declared = {name for line in self.lines if line.startswith("Dim ") for name in re.findall(r"(\w+) As ", line)}
        labels = {line.removesuffix(":") for line in self.lines if re.fullmatch(r"\w+:", line)}
        return {self.name, *declared, *labels, *(name for name, _ in self.parameters)}


def code_lines(text: str) -> list[str]:
    """The lines that are code, joined where they go on, without comments, indents, attributes and what strings say."""
    joined = re.sub(r" _\r?\n\s*", " ", text)
    bare = (_STRING.sub('""', line).partition("'")[0].strip() for line in joined.splitlines())
    return [line for line in bare if line and not line.startswith("Attribute ")]


def procedures(text: str) -> list[Procedure]:
    """The procedures of a module."""
    found, head, body = [], None, list[str]()
    for line in code_lines(text):
        if opened := _HEAD.match(line):
            head, body = opened, []
        elif head and line == f"End {head[2]}":
            found.append(Procedure(head[3], head[2], head[1] != "Private", _parameters(head[4]), tuple(body)))
            head = None
        elif head:
            body.append(line)
    return found


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    matches = [_PARAMETER.match(part.strip()) for part in text.split(",") if part.strip()]
    return tuple((match[1], match[2] or "Variant") for match in matches if match)


def problems(text: str, known: Set[str]) -> Iterator[str]:
    """What a compiler would refuse, or a careful reader; `known` are the names that come from elsewhere."""
    if code_lines(text)[0] != "Option Explicit":
        yield "does not begin with Option Explicit"
    yield from _unbalanced(text)
    every = {known_name.lower() for known_name in (*known, *(one.name for one in procedures(text)))}
    for one in procedures(text):
        names = every | KEYWORDS | {name.lower() for name in one.locals}
        for word in sorted(_names(one.lines) - names):
            yield f"{one.name}: {word} is not declared"
        for target in re.findall(r"GoTo (\w+)", "\n".join(one.lines)):
            if f"{target}:" not in one.lines:
                yield f"{one.name}: no label {target}"
        if one.is_public and "control" in dict(one.parameters) and not one.lines[0].startswith("On Error GoTo "):
            yield f"{one.name}: a callback that does not say what to do with an error"


def _unbalanced(text: str) -> Iterator[str]:
    open_blocks: list[str] = []
    for line in code_lines(text):
        if closed := _CLOSER.match(line):
            expected = open_blocks.pop() if open_blocks else "nothing"
            if closed[1] != expected:
                yield f"{line}: {expected} was expected"
        else:
            opened = next(((match, end) for start, end in _OPENERS if (match := start.match(line))), None)
            open_blocks += [opened[1].format(opened[0][1])] if opened else []
    yield from (f"{end} is missing" for end in open_blocks)


def _names(lines: tuple[str, ...]) -> set[str]:
    """The names that stand alone, not behind a dot; numbers and what follows # are none."""
    words = re.findall(r"(?<![\w.&#])([A-Za-z]\w*)\$?", "\n".join(line for line in lines if not line.startswith("#")))
    return {word.lower() for word in words}

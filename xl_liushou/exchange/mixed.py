"""Splitting what is mixed in one cell: "张三 13800000000", "祖父 李四", "父：王强 母：刘芳"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from xl_liushou.exchange.words import NO_NAME_SIGNS, NO_NAMES, RELATIONS, SURNAMES
from xl_liushou.schema.numbers import tidy_phone
from xl_liushou.schema.text import tidy_name, without_controls

_HAN: Final = r"\u3007\u3400-\u9fff"
_NAME = re.compile(rf"[{_HAN}]{{2,6}}|[{_HAN}]{{1,12}}(?:·[{_HAN}]{{1,12}})+")
_SHORT_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_MOBILE: Final = r"1[3-9]\d(?:\d{8}|[ \-]\d{4}[ \-]\d{4})"
_LANDLINE: Final = r"0\d{2,3}-?\d{7,8}"
_PHONE = re.compile(rf"(?<!\d)(?:(?:\+?86[ \-]?)?{_MOBILE}|{_LANDLINE})(?!\d)", re.ASCII)
_SHORT: Final = 3
_SEPARATORS = re.compile(r"[\s,、;:/|()\[\]\-]+")
_LONG_RELATIONS: Final = sorted((word for word in RELATIONS if len(word) > 1), key=len, reverse=True)
_LABEL = re.compile(rf"(?<![{_HAN}])({'|'.join(sorted(RELATIONS, key=len, reverse=True))})\s*:")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one cell tells of them."""

    relation: str = ""
    name: str = ""
    phones: tuple[str, ...] = ()


def is_name(text: str) -> bool:
    """Whether a text has the form of a Chinese person's name and nothing else is known of it."""
    return bool(_NAME.fullmatch(text)) and text not in RELATIONS and not any(word in text for word in NO_NAMES)


def read_name(text: str) -> str | None:
    """The name that a text in a column of names is (blanks inside taken out), or None."""
    found = tidy_name(without_controls(text))
    return found if is_name(found) else None


def _is_surely_name(text: str) -> bool:
    """Whether a text is a name even where anything might stand: 不在 and 外地 have the form of one."""
    if not is_name(text) or "·" in text:
        return is_name(text)
    return text[0] in SURNAMES if len(text) <= _SHORT else not NO_NAME_SIGNS & set(text)


def read_phones(text: str) -> tuple[str, ...] | None:
    """All phones of a text that holds nothing but phones; None where anything else is in it."""
    whole = tidy_phone(_narrow(text))
    if whole:
        return (whole,)
    phones, rest = _phones_in(_narrow(text))
    return phones if phones and not _tokens(rest) else None


def read_mention(text: str) -> Mention | None:
    """The relation, the name and the phones that a text holds; None where a part of it is none of these."""
    phones, rest = _phones_in(_narrow(text))
    relation = name = ""
    for token in map(tidy_name, _joined(_tokens(rest))):
        found, called = _token(token)
        if (found and relation) or (called and name) or not (found or called):
            return None
        relation, name = relation or found, name or called
    return Mention(relation, name, phones) if relation or name or phones else None


def read_mentions(text: str) -> list[Mention] | None:
    """Several persons, each behind their relation and a colon; None where the text is not wholly so."""
    plain = _narrow(text)
    labels = list(_LABEL.finditer(plain))
    if not labels or plain[: labels[0].start()].strip(" ,、;/"):
        return None
    ends = [*(label.start() for label in labels[1:]), len(plain)]
    found: list[Mention] = []
    for label, end in zip(labels, ends, strict=True):
        one = read_mention(plain[label.end() : end])
        relation = RELATIONS[label[1]]
        if one is None or one.relation or relation in {other.relation for other in found}:
            return None
        found.append(Mention(relation, one.name, one.phones))
    return found


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", without_controls(text)).replace("。", " ")


def _phones_in(text: str) -> tuple[tuple[str, ...], str]:
    phones = tuple(found for one in _PHONE.finditer(text) if (found := tidy_phone(one[0])))
    return tuple(dict.fromkeys(phones)), _PHONE.sub(" ", text)


def _tokens(text: str) -> list[str]:
    return [token for token in _SEPARATORS.split(text) if token]


def _joined(tokens: list[str]) -> list[str]:
    """王 强 is one name: two single characters that no relation is called by."""
    if len(tokens) >= 2 and len(tokens[-1]) == len(tokens[-2]) == 1 and not set(tokens[-2:]) & RELATIONS.keys():
        return [*tokens[:-2], tokens[-2] + tokens[-1]]
    return tokens


def _token(token: str) -> tuple[str, str]:
    """(relation, name) of a word; 祖父李四 is both, 父王强 might be a name and is neither."""
    if token in RELATIONS:
        return RELATIONS[token], ""
    for word in _LONG_RELATIONS:
        rest = token.removeprefix(word)
        if rest != token:
            return (RELATIONS[word], rest) if _SHORT_NAME.fullmatch(rest) and _is_surely_name(rest) else ("", "")
    return ("", token) if _is_surely_name(token) else ("", "")

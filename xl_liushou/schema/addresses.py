"""E-mail addresses: what is exactly one, and what looks like a slip of the pen."""

from __future__ import annotations

import re
from typing import Final

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_LONGEST, _LONGEST_LOCAL = 254, 64
_PROVIDERS: Final = (
    "qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "vip.163.com", "sina.com", "sina.cn",
    "vip.sina.com", "sohu.com", "139.com", "189.cn", "wo.cn", "aliyun.com", "21cn.com", "tom.com", "hotmail.com",
    "outlook.com", "live.cn", "live.com", "gmail.com", "icloud.com",
)  # fmt: skip


def is_address(text: str) -> bool:
    """Whether a text is exactly one plain address (RFC 5321 without quoting), in ASCII."""
    local, _, _ = text.partition("@")
    return bool(_ADDRESS.fullmatch(text)) and len(text) <= _LONGEST and len(local) <= _LONGEST_LOCAL


def meant_domain(address: str) -> str:
    """The common provider that an address's domain looks like without being one; "" where it looks like none."""
    domain = address.rpartition("@")[2].lower()
    if domain in _PROVIDERS:
        return ""
    return next((known for known in _PROVIDERS if _one_slip_apart(domain, known)), "")


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether one sign was changed, added or left out, or two neighbours were exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return len(one) != len(other)
    rest, rest_of_other = one[start:], other[start:]
    return (
        rest[1:] == rest_of_other[1:]
        or rest[1:] == rest_of_other
        or rest == rest_of_other[1:]
        or (rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:])
    )

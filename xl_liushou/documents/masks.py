"""Masks for children and guardians (domain, section 5.3); staff are not masked."""

from __future__ import annotations

import re

_VILLAGE = re.compile(r"^.*?(?:村|社区|居委会|嘎查)")
_TOWN = re.compile(r"^.*?(?:镇|乡|街道|苏木)")


def masked_phone(phone: str) -> str:
    """138****5678; of a landline or anything shorter only the last two digits stay."""
    if not phone:
        return ""
    if len(phone) == 11 and phone.isdigit():
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * (len(phone) - 2) + phone[-2:]


def masked_id(number: str) -> str:
    """The first 3 and the last 4 of an ID number; one that is too short to hide anything is all stars."""
    hidden = len(number) - 7
    return number[:3] + "*" * hidden + number[-4:] if hidden >= 7 else "*" * len(number)


def masked_name(name: str) -> str:
    """张*明; 张* for two characters; of a long name only the first and the last stay."""
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_address(address: str) -> str:
    """An address down to the village, else to the town; without either all of it is hidden."""
    found = _VILLAGE.match(address) or _TOWN.match(address)
    if found:
        return found[0]
    return "***" if address else ""

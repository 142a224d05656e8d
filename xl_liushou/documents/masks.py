"""Masks for children and guardians (domain, section 5.3); staff are not masked."""

from __future__ import annotations


def masked_id(number: str) -> str:
    """The first 3 and the last 4 of an ID number; one that is too short to hide anything is all stars."""
    hidden = len(number) - 7
    return number[:3] + "*" * hidden + number[-4:] if hidden >= 7 else "*" * len(number)


def masked_name(name: str) -> str:
    """张*明; 张* for two characters; of a long name only the first and the last stay."""
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]

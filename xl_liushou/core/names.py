"""What no file system takes in the name of a file, and what does no good in one."""

from __future__ import annotations

import re
from typing import Final

FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]+')
"""Characters that Windows forbids, that lead to another folder, or that nobody can see."""
RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names of devices on Windows, whatever their ending."""

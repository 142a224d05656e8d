"""The victim: plays one campaign on one scene and prints what it saw, as one JSON object.

`python -m tests.support.crashes '{"campaign": "kill_everywhere", "folder": "x", "scene": "write", "mode": "links"}'`
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.support.crashes import failures, kills, places, races
from tests.support.crashes.bench import Bench
from tests.support.crashes.scenes import named
from xl_liushou.adapters import disk

CAMPAIGNS = {
    campaign.__name__: campaign
    for campaign in (
        kills.kill_everywhere, kills.kill_at_random, kills.kill_disturbed, failures.fail_everywhere,
        races.race_everywhere, races.race_at_random, races.run_in_pairs, places.fill_disk, places.read_only,
        places.of_another_user, places.without_rename,
    )
}  # fmt: skip
ON_SMALL_DISK = (places.fill_disk, places.read_only)


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """Plays the campaign that is asked for; `skipped` tells why that cannot be."""
    folder, mode = Path(asked.pop("folder")), asked.pop("mode")
    folder.mkdir(parents=True, exist_ok=True)
    if mode == "exchange" and not _exchanges(folder):
        return {"skipped": "the file system cannot exchange files", "counts": {}, "problems": []}
    campaign, scene = CAMPAIGNS[asked.pop("campaign")], asked.pop("scene")
    with places.small_disk(folder / "disk") if campaign in ON_SMALL_DISK else nullcontext(True) as there:
        if not there:
            return {"skipped": "mounting a disk needs root", "counts": {}, "problems": []}
        place = folder / "disk" if campaign in ON_SMALL_DISK else folder
        report = campaign(Bench(named(place, scene), mode), **asked)
    return {"skipped": "", "counts": report.counts, "problems": report.problems}


def _exchanges(folder: Path) -> bool:
    one, other = folder / "one", folder / "other"
    for path in (one, other):
        path.touch()
    return disk.swap(one, other)


json.dump(main(json.loads(sys.argv[1])), sys.stdout, ensure_ascii=False)

"""安装检查: what stands in the way of the buttons, line by line, each with its mend."""

from __future__ import annotations

from xl_liushou.app.outcome import Outcome, heading


def doctor() -> Outcome:
    """All checks; those that do not apply to this machine say so."""
    from xl_liushou.adapters.machine import checks

    found = checks()
    lines = [f"{'好' if one.ok else '不行' if one.ok is False else '不适用'}　{one.name}：{one.message}" for one in found]
    result = [{"name": one.name, "ok": one.ok is not False, "message": one.message} for one in found]
    return Outcome(
        {**heading("addin", None, None), "checks": result},
        lines,
        exit_code=1 if any(one.ok is False for one in found) else 0,
    )

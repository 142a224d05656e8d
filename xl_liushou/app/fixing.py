"""Mending what can be mended without guessing, in memory: the edits, and the school as it will be with them."""

from __future__ import annotations

from dataclasses import replace

from xl_liushou.app.opening import Opened
from xl_liushou.core.edits import SetCells
from xl_liushou.core.plan import Plan
from xl_liushou.routines import check, fix
from xl_liushou.routines.inputs import Inputs


def fixed(opened: Opened, inputs: Inputs) -> tuple[Plan, Inputs]:
    """The changes as a plan, and the inputs with the school as it is after them; raises PatchRefused."""
    found = check.findings(inputs)
    formulas = opened.formulas(fix.places(inputs.school, found))
    plan, after = fix.plan(inputs.school, found, formulas), replace(inputs, formulas=formulas)
    if not plan.edits:
        return plan, after
    return plan, replace(after, school=opened.after([edit for edit in plan.edits if isinstance(edit, SetCells)]))

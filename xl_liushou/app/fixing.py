"""Mending what can be mended without guessing, in memory: the edits, and the school as it will be with them."""

from __future__ import annotations

from dataclasses import replace

from xl_liushou.adapters.formula_cells import formula_cells
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.app.opening import Opened, school_in
from xl_liushou.core.plan import Plan
from xl_liushou.routines import check, fix
from xl_liushou.routines.inputs import Inputs


def fixed(opened: Opened, inputs: Inputs) -> tuple[Plan, Inputs]:
    """The changes as a plan, and the inputs with the school as it is after them; raises PatchRefused."""
    name, data = opened.file.path.name, opened.file.data
    found = check.findings(inputs)
    formulas = formula_cells(data, name, fix.places(inputs.school, found))
    plan, after = fix.plan(inputs.school, found, formulas), replace(inputs, formulas=formulas)
    if not plan.edits:
        return plan, after
    return plan, replace(after, school=school_in(patch(data, plan.edits, name).data, name))

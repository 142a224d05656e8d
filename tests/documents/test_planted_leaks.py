"""Another child's data planted in every place of a paper is found, and nothing is found in those of the demo school."""

from __future__ import annotations

import functools

from tests.build.test_demo import TODAY, demo
from tests.support.merging import blank
from tests.support.schools import school_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.schema.school import School

NOTHING = dict.fromkeys(("正文", "表格", "页眉", "页脚", "脚注", "文本框", "图片说明", "文档属性", "域", "隐藏文字"), "")
LABELS = {"表格": "正文", "文本框": "正文", "图片说明": "正文", "域": "正文", "隐藏文字": "正文"}
"""Where a place lies, as a leak is told."""


@functools.cache
def school() -> School:
    made = demo(TODAY)
    return school_of(made.rows, settings=made.settings)


@functools.cache
def paper() -> WordTemplate:
    """A paper with a tag, in two runs, in each place."""
    document = blank()
    document.add_paragraph("孩子上课认真，{{ 正文").add_run("[:2] }}")
    raise NotImplementedError

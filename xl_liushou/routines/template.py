"""What the template commands tell: which templates there are, their tags, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.template import Tags, TemplateFault
from xl_liushou.documents.catalogue import TEMPLATES
from xl_liushou.documents.tags import explained

_SEVERITIES = {"error": "要改", "audience": "要改", "warning": "提醒"}


def template_named(name: str) -> str:
    """The name of the template with this name or Chinese title; an unknown one is a usage problem."""
    found = next((one.name for one in TEMPLATES.values() if name in (one.name, one.title)), None)
    if found is None:
        known = "、".join(f"{one.name}（{one.title}）" for one in TEMPLATES.values())
        raise UsageProblem(f"没有“{name}”这种模板。有的是：{known}。")
    return found


def tags_report(name: str, tags: Tags) -> dict[str, Any]:
    """Every tag of a template with its meaning, an example and its privacy."""
    sheet = TEMPLATES[name]
    listed = [asdict(one) for one in explained(tags, sheet.audience)]
    return {"document": name, "title": sheet.title, "audience": sheet.audience, "tags": listed}


def tags_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The tags for people; those of a list stand below its loop."""
    yield f"{result['title']}（给{result['audience']}看）可以用的标签，写的时候两边加花括号，例如 {{{{ 落款日期 }}}}："
    within = ""
    for one in result["tags"]:
        if one["within"] != within:
            within = one["within"]
            yield f"写在 {within} 和 {{% endfor %}} 之间的：" if within else "不用循环的："
        example = f"　例：{one['example'].splitlines()[0]}" if one["example"] else ""
        leaders = "（加 --leaders 才有）" if one["for_leaders"] else ""
        some = "（不是每份都有）" if one["sometimes"] else ""
        yield f"  {one['tag']}  [{one['privacy']}] {one['meaning']}{leaders}{some}{example}"


def problems_of(faults: Iterable[TemplateFault]) -> list[dict[str, Any]]:
    """The faults as programs read them."""
    told = ("where", "tag", "message", "suggestion", "severity")
    return [{name: getattr(fault, name) for name in told} for fault in faults]


def lint_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The faults for people, one a line."""
    problems = result["problems"]
    if not problems:
        yield f"没有发现问题，可以用作“{result['title']}”的模板。"
    for one in problems:
        tag = f" {one['tag']}" if one["tag"] else ""
        yield f"{_SEVERITIES[one['severity']]}  {one['where']}{tag}：{one['message']}{one['suggestion']}"
    if result.get("annotated"):
        yield f"带批注的副本：{result['annotated']}（只供查看，改请在原来的模板里改）"


def list_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The templates in force, one a line."""
    for one in result["templates"]:
        source = f"用学校自己的：{one['path']}" if one["path"] else "程序自带"
        yield f"{one['name']}  {one['title']}（给{one['audience']}）  {source}"
    for one in result["problems"]:
        yield f"注意  {one['where']}：{one['message']}{one['suggestion']}"

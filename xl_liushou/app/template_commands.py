"""The commands about templates: list, tags, lint, copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.app.sample import sample_of
from xl_liushou.app.templates import TITLES, InForce, built_in, faults_of
from xl_liushou.core.errors import TemplateProblem, UsageProblem
from xl_liushou.core.template import TemplateFault
from xl_liushou.documents.catalogue import TEMPLATES
from xl_liushou.routines.template import (
    lint_lines,
    list_lines,
    problems_of,
    tags_lines,
    tags_report,
    template_named,
)

if TYPE_CHECKING:
    from xl_liushou.adapters.own_templates import OwnTemplates


def list_templates(book: Path | None) -> Outcome:
    """All templates; beside a workbook also whether the school's own one is in force, and what stands in the way."""
    from xl_liushou.adapters.own_templates import OwnTemplates, own_templates

    own = own_templates(book, TITLES) if book else OwnTemplates({}, ())
    templates = [
        {"name": one.name, "title": one.title, "audience": one.audience, **_source(own.known.get(one.name, ()))}
        for one in TEMPLATES.values()
    ]
    problems = problems_of([*_folder_faults(own), *_own_faults(own)])
    result = {**heading("template list", book, None), "templates": templates, "problems": problems}
    return Outcome(result, list(list_lines(result)), exit_code=_exit_code(problems))


def list_tags(document: str) -> Outcome:
    """Every tag of a template."""
    name = template_named(document)
    result = {**heading("template tags", None, None), **tags_report(name, sample_of([name])[name].tags)}
    return Outcome(result, list(tags_lines(result)))


def lint_file(file: Path, document: str, annotate: Path | None) -> Outcome:
    """All that is wrong in a template file; with `annotate` a copy with comments is written."""
    from xl_liushou.adapters.template_file import read_template

    name = template_named(document or _named_by(file))
    template = InForce(name, read_template(file), file)
    faults = faults_of(template, sample_of([name])[name])
    told = {"document": name, "title": TITLES[name], "file": str(file.absolute()), "problems": problems_of(faults)}
    result = {**heading("template lint", None, None), **told}
    if annotate is not None:
        result["annotated"] = str(_annotated(template, faults, annotate))
    return Outcome(result, list(lint_lines(result)), exit_code=_exit_code(result["problems"]))


def copy_built_in(document: str, folder: Path) -> Outcome:
    """The program's own template as a file to change."""
    from xl_liushou.adapters.own_templates import FOLDER, copy_template

    name = template_named(document)
    path = copy_template(built_in(name), folder, (TITLES[name], name)).absolute()
    result = {**heading("template copy", None, None), "document": name, "files": [str(path)]}
    told = [f"已放好：{path}", f"用 Word 改好后，放在工作簿旁边的“{FOLDER}”文件夹里，以后就用它。"]
    return Outcome(result, told)


def _source(files: Sequence[Path]) -> dict[str, Any]:
    return {"source": "own" if files else "built-in", "path": str(files[0]) if files else None}


def _folder_faults(own: OwnTemplates) -> Iterator[TemplateFault]:
    for name in own.known:
        try:
            own.of(name)
        except TemplateProblem as problem:
            yield TemplateFault("模板文件夹", "", problem.message)
    for path in own.strangers:
        advice = "文件名要和上面列出的名称一样，例如 家长通报信.docx。"
        yield TemplateFault(f"模板文件夹“{path.name}”", "", "程序不会用这个文件。", advice, "warning")


def _own_faults(own: OwnTemplates) -> Iterator[TemplateFault]:
    """What keeps the school's own templates from being used, one line a file."""
    from xl_liushou.adapters.template_file import read_template

    files = {name: paths[0] for name, paths in own.known.items() if len(paths) == 1}
    samples = sample_of([*files]) if files else {}
    for name, path in files.items():
        try:
            faults = faults_of(InForce(name, read_template(path), path), samples[name])
        except TemplateProblem as problem:
            yield TemplateFault(f"模板文件夹“{path.name}”", "", problem.message)
            continue
        wrong = sum(one.severity != "warning" for one in faults)
        if wrong:
            advice = "运行 template lint 看是哪几处。"
            yield TemplateFault(f"模板文件夹“{path.name}”", "", f"有 {wrong} 处要改，改好之前写不出来。", advice)


def _named_by(file: Path) -> str:
    """The template that a file is called after: 家长通报信.docx, parent-letter (2).docx."""
    stem = file.stem.casefold()
    called = {text: name for name, title in TITLES.items() for text in (name, title)}
    found = max((text for text in called if text in stem), key=len, default="")
    if not found:
        known = "、".join(TITLES.values())
        raise UsageProblem(f"看不出“{file.name}”是哪一种文书的模板，请加上 --doc，例如 --doc 家长通报信。有：{known}。")
    return called[found]


def _annotated(template: InForce, faults: list[TemplateFault], out: Path) -> Path:
    from xl_liushou.adapters.saving import write_paper
    from xl_liushou.adapters.template_notes import annotated

    if out.suffix.lower() != ".docx":
        raise UsageProblem("带批注的副本要以 .docx 结尾，例如 批注.docx。")
    if out.exists():
        raise UsageProblem(f"“{out.name}”已经存在，没有覆盖它。请换一个文件名。")
    return write_paper(out.absolute().parent, out.name, annotated(template.data, faults))


def _exit_code(problems: list[dict[str, Any]]) -> int:
    return 1 if any(one["severity"] != "warning" for one in problems) else 0

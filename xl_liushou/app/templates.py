"""Which template is in force for a paper, and whether a school's own one is fit to be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_liushou.app.sample import Sample, sample_of
from xl_liushou.core.errors import TemplateProblem
from xl_liushou.core.template import TemplateFault
from xl_liushou.documents.catalogue import TEMPLATES

TITLES: Final[Mapping[str, str]] = {name: sheet.title for name, sheet in TEMPLATES.items()}
"""The Chinese titles of all templates by name."""
_REHEARSALS: Final = 2
_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class InForce:
    """A template that papers are made from; `path` is the school's own file, None for the built-in one."""

    name: str
    data: bytes
    path: Path | None = None

    @property
    def title(self) -> str:
        """The paper's Chinese title."""
        return TITLES[self.name]


@dataclass(frozen=True, slots=True)
class Templates:
    """Where templates come from: 模板 beside the workbook, and a `file` given for the paper `document`."""

    book: Path
    document: str = ""
    file: Path | None = None

    def in_force(self, names: Sequence[str]) -> Mapping[str, InForce]:
        """The template of each name, the school's own first; one that is not sound is a TemplateProblem."""
        from xl_liushou.adapters.own_templates import own_templates

        own = own_templates(self.book, TITLES)
        files = {name: self.file if self.file and name == self.document else own.of(name) for name in names}
        return _judged({name: _read(name, path) for name, path in files.items()})


def built_in(name: str) -> bytes:
    """The template that comes with the program."""
    from xl_liushou.adapters.resources import resource

    return resource("doc_templates", f"{name}.docx")


def faults_of(template: InForce, sample: Sample) -> list[TemplateFault]:
    """All that is wrong in a template."""
    from xl_liushou.adapters.template_lint import lint_template

    called = template.path.name if template.path else template.title
    return lint_template(template.data, called, sample.contract, sample.contexts[:_REHEARSALS])


def fault_line(fault: TemplateFault) -> str:
    """A fault for people in one line."""
    tag = f" {fault.tag}" if fault.tag else ""
    return f"{fault.where}{tag}：{fault.message}{fault.suggestion}"


def _read(name: str, path: Path | None) -> InForce:
    from xl_liushou.adapters.template_file import read_template

    return InForce(name, built_in(name) if path is None else read_template(path), path)


def _judged(templates: Mapping[str, InForce]) -> Mapping[str, InForce]:
    own = [one for one in templates.values() if one.path]
    samples = sample_of([one.name for one in own]) if own else {}
    for one in own:
        errors = [fault for fault in faults_of(one, samples[one.name]) if fault.severity == "error"]
        if errors:
            raise TemplateProblem(_refusal(one, errors))
    return templates


def _refusal(template: InForce, errors: Sequence[TemplateFault]) -> str:
    assert template.path is not None
    listed = "\n".join(f"  {fault_line(fault)}" for fault in errors[:_TOLD])
    more = f"\n  ……还有 {len(errors) - _TOLD} 处" if len(errors) > _TOLD else ""
    return (
        f"模板“{template.path.name}”有 {len(errors)} 处要改，文书都没有写：\n{listed}{more}\n"
        f"改好后再写；也可以运行 template lint 得到一份带批注的副本。想先用程序自带的模板，把这个文件移到别处就行。"
    )

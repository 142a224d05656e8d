"""Whether the names in a tag stand for something in the paper, and what was probably meant where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from jinja2 import nodes

from xl_liushou.adapters.template_guard import LOOP
from xl_liushou.core.template import Contract, Severity, Tags, TemplateFault

_LIKE: Final = 0.5
"""How alike a name must be to be proposed: of two characters one."""
_MAY_BE_MISSING: Final = frozenset({"defined", "undefined", "d", "default"})


@dataclass(slots=True)
class Names:
    """The names known at one place of a template: those of the contract, and the variables of the loops around.

    What nobody can say anything about (an item of a list that was always empty) is None.
    """

    contract: Contract
    loops: list[tuple[str, Tags | None]] = field(default_factory=list)
    _faults: list[TemplateFault] = field(default_factory=list)

    def faults(self, tree: nodes.Node) -> list[TemplateFault]:
        """What is wrong with the names in a tag; places and the tag's text are for the caller to add."""
        self._faults = []
        self._look(tree)
        return self._faults

    def enter(self, tree: nodes.Template | None) -> None:
        """Begins a loop: its variable is known until `leave`."""
        loop = tree.find(nodes.For) if tree is not None else None
        if loop is None or not isinstance(loop.target, nodes.Name):
            self.loops.append(("", None))
            return
        found = self._behind(loop.iter)
        self.loops.append((loop.target.name, found.item if found is not None else None))

    def leave(self) -> None:
        """Ends the innermost loop, if there is one."""
        if self.loops:
            self.loops.pop()

    def _look(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.For):
            self._loop(node)
        elif isinstance(node, nodes.Test | nodes.Filter) and node.name in _MAY_BE_MISSING:
            return
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._behind(node)
        else:
            for child in node.iter_child_nodes():
                self._look(child)
            if isinstance(node, nodes.Output):
                self._printed(node)

    def _loop(self, node: nodes.For) -> None:
        found = self._behind(node.iter)
        if found is not None and not found.is_list:
            self._say(f"“{_said(node.iter)}”不是一串，不能用 for", "直接写这个标签，或换成一串内容，例如 孩子们。")
        if node.test is not None:
            self.loops.append((getattr(node.target, "name", ""), found.item if found else None))
            self._look(node.test)
            self.loops.pop()

    def _printed(self, node: nodes.Output) -> None:
        quiet = Names(self.contract, self.loops)
        for one in node.nodes:
            found = quiet._behind(one) if isinstance(one, nodes.Name | nodes.Getattr | nodes.Getitem) else None
            if found is None or not (found.is_list or found.fields):
                continue
            name = _said(one)
            if found.is_list:
                self._say(f"“{name}”是一串内容，不能直接写出来", f"写成循环：{{% for 项 in {name} %}}…{{% endfor %}}。")
            else:
                some = next(iter(found.fields))
                self._say(f"“{name}”下面有好几项，要写明是哪一项", f"例如 {{{{ {name}.{some} }}}}。")

    def _behind(self, node: nodes.Node) -> Tags | None:
        """What a path stands for; a name that stands for nothing is told once, at its first unknown step."""
        if isinstance(node, nodes.Name):
            return self._named(node.name)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            found = self._behind(node.node)
            if isinstance(node.arg.value, str):
                return self._below(found, node.arg.value, node.node)
            return found.item if found is not None else None
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == LOOP:
                if not self.loops:
                    self._say("loop 只能写在循环里", "把它移到 {% for … %} 和 {% endfor %} 之间。")
                return None
            return self._below(self._behind(node.node), node.attr, node.node)
        if not isinstance(node, nodes.Const):
            self._look(node)
        return None

    def _named(self, name: str) -> Tags | None:
        for variable, tags in reversed(self.loops):
            if variable == name:
                return tags
        return self._field(self.contract.tags, name, "")

    def _below(self, found: Tags | None, name: str, owner: nodes.Node) -> Tags | None:
        if found is None:
            return None
        said = _said(owner)
        if found.is_list:
            variable = said.removesuffix("们") if said.endswith("们") else "项"
            loop = f"先写 {{% for {variable} in {said} %}}，再写 {{{{ {variable}.{name} }}}}，最后写 {{% endfor %}}。"
            self._say(f"“{said}”是一串内容，不能直接写“{said}.{name}”", loop)
            return None
        return self._field(found, name, said)

    def _field(self, tags: Tags, name: str, owner: str) -> Tags | None:
        found = tags.fields.get(name)
        if found is None:
            self._unknown(tags.fields, name, owner)
        elif found.for_leaders and not tags.for_leaders:
            self._say(f"“{name}”只给指定领导看", "写这份文书时要加 --leaders，否则写不出来。", "warning")
        elif found.sometimes:
            path = f"{owner}.{name}" if owner else name
            self._say(f"“{path}”不是每份都有（例如全校一份的就没有）", f"写成 {{{{ {path}|default('') }}}}。")
        return found

    def _unknown(self, fields: Mapping[str, Tags], name: str, owner: str) -> None:
        paths = [path for path, _ in self.contract.tags.paths()]
        if name in self.contract.hidden and not any(path.endswith(f".{name}") for path in paths):
            said = f"“{name}”这一列不能给{self.contract.audience}看"
            self._say(said, "请从模板里删掉这个标签。", "audience")
        else:
            path = f"{owner}.{name}" if owner else name
            meant = next(self._meant(fields, name, owner, paths), "用 template tags 可以看到全部标签。")
            self._say(f"没有“{path}”这个标签", meant)

    def _meant(self, fields: Mapping[str, Tags], name: str, owner: str, paths: Sequence[str]) -> Iterator[str]:
        """What a person may have meant, the likeliest first."""
        before = f"{owner}." if owner else ""
        alias = self.contract.aliases.get(name, "")
        if alias in fields:
            yield f"是不是 {before}{alias}？"
        deeper = [path for path in paths if "[]" not in path and path.rpartition(".")[2] in (name, alias)]
        if deeper:
            yield f"是不是 {' 或 '.join(deeper)}？"
        near = get_close_matches(name, [*fields, *(one for one, _ in self.loops if not owner and one)], 1, _LIKE)
        if near:
            yield f"是不是 {before}{near[0]}？"
        for path in paths:
            listed, _, last = path.rpartition("[].")
            if last in (name, alias) and listed and "[]" not in listed:
                variable = listed.removesuffix("们") if listed.endswith("们") else "项"
                yield f"它在“{listed}”里：先写 {{% for {variable} in {listed} %}}，再写 {{{{ {variable}.{last} }}}}。"

    def _say(self, message: str, suggestion: str, severity: Severity = "error") -> None:
        self._faults.append(TemplateFault("", "", f"{message}。", suggestion, severity))


def _said(node: nodes.Node) -> str:
    """A path as it is written."""
    if isinstance(node, nodes.Getattr):
        return f"{_said(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_said(node.node)}[{getattr(node.arg, 'value', '')}]"
    return node.name if isinstance(node, nodes.Name) else ""

"""The school's own Word templates: the folder 模板 beside the workbook, which no update of the program touches."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_liushou.core.errors import TemplateProblem, UsageProblem

FOLDER: Final = "模板"
SUFFIX: Final = ".docx"
_TEMPORARY: Final = ("~", ".")
_WORD_SUFFIXES: Final = frozenset({SUFFIX, ".doc", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt"})


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """The Word files in 模板: those that are a template of ours, by its name, and the others."""

    known: Mapping[str, Sequence[Path]]
    strangers: Sequence[Path]

    def of(self, name: str) -> Path | None:
        """The school's template of this name; TemplateProblem where there are two."""
        found = self.known.get(name, ())
        if len(found) > 1:
            files = "、".join(path.name for path in found)
            raise TemplateProblem(f"“{FOLDER}”文件夹里有两个同一种的模板：{files}。请只留一个，把别的移走或改名。")
        return found[0] if found else None


def own_templates(beside: Path, titles: Mapping[str, str]) -> OwnTemplates:
    """The templates in 模板 beside a workbook; a file is called by the template's name or its Chinese title."""
    names = {_key(called): name for name, title in titles.items() for called in (name, title)}
    known: dict[str, list[Path]] = {}
    strangers = []
    for path in _files(beside.absolute().parent / FOLDER):
        name = names.get(_key(path.stem))
        if name and path.suffix.lower() == SUFFIX:
            known.setdefault(name, []).append(path)
        else:
            strangers.append(path)
    return OwnTemplates(known, strangers)


def copy_template(data: bytes, folder: Path, names: Sequence[str]) -> Path:
    """Puts a template into a folder under the first of `names`; UsageProblem where any of them is there already."""
    from xl_liushou.adapters.saving import write_paper

    taken = next((folder / f"{name}{SUFFIX}" for name in names if (folder / f"{name}{SUFFIX}").exists()), None)
    if taken is not None:
        raise UsageProblem(f"“{folder.name}”里已经有“{taken.name}”了，没有覆盖它。想重新取一份，请先把它改名或移走。")
    return write_paper(folder, f"{names[0]}{SUFFIX}", data)


def _files(folder: Path) -> list[Path]:
    """The Word files in a folder, without the lock files and temporary files of Word and WPS."""
    try:
        found = [path for path in folder.iterdir() if path.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        raise TemplateProblem(f"“{FOLDER}”文件夹打不开，可能没有权限。请让管理员放开权限，或把它移走。") from None
    return sorted(
        path for path in found if path.suffix.lower() in _WORD_SUFFIXES and not path.name.startswith(_TEMPORARY)
    )


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()

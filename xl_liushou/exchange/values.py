"""One cell of a roster as values of the workbook; what cannot be read for certain is a reason for doubt instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Column, ParseValue
from xl_liushou.exchange.mixed import Mention, read_mention, read_mentions, read_name, read_phones
from xl_liushou.exchange.titles import meaning
from xl_liushou.exchange.words import NOTHING, RELATIONS, SYNONYMS
from xl_liushou.schema.dates import age_on, date_of_text
from xl_liushou.schema.kinds import Choice, Date, Several
from xl_liushou.schema.nearest import Nearest
from xl_liushou.schema.numbers import GRADES, id_birth_date, split_class
from xl_liushou.schema.rowkinds import is_blank
from xl_liushou.schema.sheets import Children, Guardians
from xl_liushou.schema.text import as_text, folded
from xl_liushou.schema.text_kinds import Name

_OLDEST_PUPIL: Final = 19
_REASONS: Final = {
    "C102": "不是完整的日期（要有年、月、日）",
    "C103": "不在可选的范围里",
    "C104": "不是数，或超出范围",
    "C106": "不是手机号，也不是带区号的固定电话",
    "C107": "不是 18 位身份证号",
    "C108": "身份证号的校验位不对，可能有一位写错了",
    "C109": "号码按数字存了，后几位已经丢失",
    "C110": "不是一个完整的邮箱地址",
    "C113": "像公式，不能照搬",
    "C114": "不像学籍号（G、J 或 L 开头，共 19 位）",
}
_SCHOOL = re.compile(r"^.*(?:小学|学校|教学点)")


class NotSure(Exception):
    """A cell that cannot be read for certain: `message` for all of its kind, `detail` with its own suggestion."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


@dataclass
class CellReader:
    """Reads cells of one roster file."""

    lists: Mapping[str, Sequence[str]]
    today: date
    date1904: bool
    dates_known: bool
    _parsers: dict[tuple[str, str], ParseValue] = field(default_factory=dict)
    _nearest: dict[str, Nearest] = field(default_factory=dict)

    def read(self, column: Column[Any], raw: CellValue) -> Any:
        """The value of a cell for a column, None where nothing stands there; raises NotSure."""
        allowed = column.choices(self.lists)
        if is_nothing(raw) and (not allowed or folded(as_text(raw)) not in allowed):
            return None
        if isinstance(column, Name):
            return self._name(raw)
        if isinstance(column, Date):
            self._require_date(raw)
        value = self._parsed(column, self._as_listed(column, raw))
        if value is not None and column is Children.id_number:
            self._require_pupil(id_birth_date(value), "身份证号")
        if column is Children.birth_date:
            self._require_pupil(value, "出生日期")
        return value

    def _name(self, raw: CellValue) -> str:
        found = read_name(as_text(raw))
        if found is None or meaning((found,)).is_known:
            raise NotSure("不像一个人的姓名")
        return found

    def _parsed(self, column: Column[Any], raw: CellValue) -> Any:
        key = column.sheet, column.name
        if key not in self._parsers:
            self._parsers[key] = column.parser(self.lists, self.date1904)
        value, notes = self._parsers[key](raw)
        for code, replacement, _ in notes:
            if replacement is None:
                raise NotSure(_REASONS.get(code, "读不准"), self._suggestion(column, raw))
        return None if value in ("", None, ()) else value

    def _suggestion(self, column: Column[Any], raw: CellValue) -> str:
        if not isinstance(column, Choice):
            return ""
        allowed = column.choices(self.lists)
        near = self._nearest.setdefault(column.of, Nearest(allowed))(as_text(raw))
        return f"是不是“{near}”？" if near else f"可选：{'、'.join(allowed[:12])}"

    def _as_listed(self, column: Column[Any], raw: CellValue) -> CellValue:
        """What a list calls otherwise, as the list has it."""
        if not isinstance(column, Choice | Several):
            return raw
        text = folded(as_text(raw))
        if column is Children.ethnicity and f"{text}族" in self.lists["民族"]:
            return f"{text}族"
        return SYNONYMS.get(column.of, {}).get(text, raw)

    def _require_date(self, raw: CellValue) -> None:
        """A bare number is a day only where the file says how days are counted."""
        if isinstance(raw, (int, float)) and not self.dates_known and date_of_text(as_text(raw)) is None:
            raise NotSure("日期存成了一个数，这种文件说不清它是哪一天")

    def _require_pupil(self, born: date | None, what: str) -> None:
        if born and not 0 <= age_on(born, self.today) <= _OLDEST_PUPIL:
            raise NotSure(f"从年龄看，这不像小学生的{what}，可能是家长的")

    def school_class(self, raw: CellValue, is_grade: bool) -> tuple[str, str]:
        """年级 and 班级 as one cell tells them; raises NotSure."""
        if is_nothing(raw):
            return "", ""
        text = folded(as_text(raw))
        if text in GRADES:
            return text, ""
        found = split_class(f"{text.removesuffix('年级')}年级1班") if is_grade else split_class(text)
        if found and is_grade and found[0] in GRADES:
            return found[0], ""
        whole = None if is_grade and not text.endswith("班") else split_class(_SCHOOL.sub("", text))
        if whole is None or isinstance(raw, (date, bool)):
            raise NotSure("认不出是哪个年级、哪个班")
        return whole

    def phones(self, raw: CellValue) -> dict[str, str]:
        """手机 and 固定电话 out of a cell with one of each at most; raises NotSure."""
        found = () if is_nothing(raw) else read_phones(as_text(raw))
        if found is None:
            raise NotSure(_REASONS["C106"])
        return one_of_each(found)

    def mention(self, raw: CellValue, single: bool) -> list[Mention]:
        """Whom a cell tells of: one person, or several behind their relations; raises NotSure."""
        if is_nothing(raw):
            return []
        text = as_text(raw)
        if (several := read_mentions(text)) and not (single and len(several) > 1):
            return several
        one = read_mention(text)
        if one is None or not single:
            raise NotSure("分不清哪个是姓名、关系、电话，或是谁的")
        return [one]

    def relation(self, raw: CellValue) -> str | None:
        """The relation to the child; 祖孙, 父子 and the like do not tell who is who."""
        if is_nothing(raw):
            return None
        text = folded(as_text(raw))
        if text not in RELATIONS:
            raise NotSure(_REASONS["C103"], self._suggestion(Guardians.relation, text))
        return RELATIONS[text]


def one_of_each(phones: Sequence[str]) -> dict[str, str]:
    """One mobile and one landline; raises NotSure where there are more."""
    mobiles = [phone for phone in phones if phone.startswith("1")]
    landlines = [phone for phone in phones if phone not in mobiles]
    if len(mobiles) > 1 or len(landlines) > 1:
        raise NotSure("有几个号码，不知道用哪一个")
    kinds = (("mobile", mobiles), ("landline", landlines))
    return {kind: found[0] for kind, found in kinds if found}


def is_nothing(raw: CellValue) -> bool:
    """Whether nothing stands in a cell, or only a sign for nothing."""
    return is_blank(raw) or (isinstance(raw, str) and folded(raw) in NOTHING)

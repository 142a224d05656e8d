"""Family R, first half: what the roster says about a child must agree with itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xl_liushou.core.finding import ERROR, WARNING
from xl_liushou.core.table import Column, Record
from xl_liushou.rules.rule import Rule, Spot, at, has, rule
from xl_liushou.schema.dates import age_on
from xl_liushou.schema.lists import NO, PARENTS, YES
from xl_liushou.schema.numbers import GRADES, id_birth_date, id_gender, id_has_form, id_is_valid
from xl_liushou.schema.school import School, grouped_by
from xl_liushou.schema.sheets import Calendar, Children, Guardians, TermFiles

_RISKS = ("低", "中", "高")
_TROUBLES = (
    TermFiles.study_trouble,
    TermFiles.mind_trouble,
    TermFiles.family_trouble,
    TermFiles.safety_trouble,
    TermFiles.labour_trouble,
)
_TERM_GRACE_DAYS = 30


@rule(
    "R301", ERROR, "花名册", "出生日期与身份证号不符",
    why="两处不一致，必有一处写错；年龄、年级和救助资格都会跟着错。",
    bad="出生日期 2016-03-02，身份证号中是 20160320。",
    good="出生日期与身份证号第 7—14 位一致。",
    mend="对照户口簿改正写错的一处。",
    needs=(Children.birth_date, Children.id_number),
)  # fmt: skip
def birth_date_differs(school: School, today: date) -> Iterator[Spot]:
    """R301: 出生日期 differs from 身份证号 (only where C107, C108 and C112 pass)."""
    for child in school.active_children:
        born, number = child[Children.birth_date], child[Children.id_number]
        if born and born <= today and number and id_birth_date(number) != born and id_is_valid(number):
            yield at(child, Children.birth_date, "“出生日期”与身份证号中的日期不一致，请对照户口簿改正写错的一处")


@rule(
    "R302", ERROR, "花名册", "性别与身份证号不符",
    why="两处不一致，必有一处写错，信里对孩子的称呼也会错。",
    bad="性别为女，身份证号第 17 位是单数。",
    good="第 17 位单数为男，双数为女。",
    mend="对照户口簿改正写错的一处。",
    needs=(Children.gender, Children.id_number),
)  # fmt: skip
def gender_differs(school: School, _today: date) -> Iterator[Spot]:
    """R302: 性别 differs from the 17th digit of 身份证号 (only where C107 and C108 pass)."""
    for child in school.active_children:
        gender, number = child[Children.gender], child[Children.id_number]
        if gender and id_has_form(number) and id_gender(number) != gender and id_is_valid(number):
            yield at(child, Children.gender, f"“性别”是{gender}，与身份证号不一致，请对照户口簿改正写错的一处")


@rule(
    "R303", WARNING, "花名册", "年龄与年级相差较大",
    why="多半是出生日期或年级写错；也可能是孩子休过学，值得多关心。",
    bad="三年级的孩子 12 岁。",
    good="一年级约 6 岁，每升一级大一岁，相差不超过 2 岁。",
    mend="核对出生日期和年级；情况属实就不用改。",
    needs=(Children.birth_date, Children.grade),
)  # fmt: skip
def unusual_age(school: School, today: date) -> Iterator[Spot]:
    """R303: more than 2 years from 6 + grade − 1 on 1 September of the school year of the as-of date.

    From 16 on R304 says what there is to say.
    """
    opening = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    for child in school.active_children:
        born, grade = child[Children.birth_date], child[Children.grade]
        if born and grade and born <= today and age_on(born, today) < 16:
            age, usual = age_on(born, opening), 6 + GRADES.index(grade)
            if abs(age - usual) > 2:
                yield at(child, Children.birth_date, f"“出生日期”算来开学时{age}岁，{grade}一般{usual}岁，请核对")


@rule(
    "R304", WARNING, "花名册", "已满 16 周岁",
    why="留守儿童指不满 16 周岁的未成年人，年满后应按规定调整。",
    bad="出生日期 2009-01-01，2026 年仍在册。",
    good="不满 16 周岁。",
    mend="核对出生日期；已满 16 周岁的请办理结案。",
    needs=(Children.birth_date,),
)  # fmt: skip
def sixteen_or_older(school: School, today: date) -> Iterator[Spot]:
    """R304: 16 or older on the as-of date."""
    for child in school.active_children:
        born = child[Children.birth_date]
        if born and age_on(born, today) >= 16:
            yield at(child, Children.birth_date, "按“出生日期”已满 16 周岁，请核对；属实请办理结案")


@rule(
    "R305", ERROR, "花名册", "留守类型与父母外出情况不符",
    why="留守类型决定帮扶的轻重；与监护人表矛盾，必有一处没有更新。",
    bad="留守类型是“双方外出”，监护人表里母亲“是否外出”却是“否”。",
    good="双方外出时，父母两行的“是否外出”都是“是”。",
    mend="问清父母现在是否在外，改正没有更新的一处。",
    needs=(Children.left_behind_type, Guardians.relation, Guardians.works_away),
)  # fmt: skip
def type_contradicts_parents(school: School, _today: date) -> Iterator[Spot]:
    """R305: 留守类型 contradicts 监护人.是否外出; without parent rows, or with one unread, it is not checked."""
    for child in school.active_children:
        group = school.guardians_by_child.get(child[Children.child_id], ())
        parents = [one for one in group if one[Guardians.relation] in PARENTS]
        kind = child[Children.left_behind_type]
        if kind and parents and all(one[Guardians.works_away] for one in parents) and not _fits(kind, parents):
            message = f"“留守类型”是{kind}，与监护人表中父母的“是否外出”不符，请改正没有更新的一处"
            yield at(child, Children.left_behind_type, message)


def _fits(kind: str, parents: list[Record]) -> bool:
    away = sum(one[Guardians.works_away] == YES for one in parents)
    if kind == "双方外出":
        return away == len(parents)
    if kind == "非留守":
        return away == 0
    if away != 1 and len(parents) > 1:
        return False
    at_home = [one for one in parents if one[Guardians.works_away] == NO]
    return kind == "一方外出" or all(one[Guardians.capacity] != "有" for one in at_home)


@rule(
    "R307", ERROR, "花名册", "结案或暂停缺少日期或原因",
    why="没有结案原因的结案、没有期限的暂停，会让一个孩子悄悄没人管。",
    bad="个案状态是“结案”，结案原因空白。",
    good="结案写明日期和原因；暂停写明暂停至哪一天。",
    mend="补填结案日期、结案原因或暂停至日。",
)  # fmt: skip
def undated_status(school: School, _today: date) -> Iterator[Spot]:
    """R307: 结案 without 结案日期 or 结案原因, 暂停 without 暂停至日; all children."""
    wanted: dict[str, tuple[Column[Any], ...]] = {
        "结案": (Children.closed_on, Children.closing_reason),
        "暂停": (Children.paused_until,),
    }
    for child in school[Children].records():
        status = child[Children.case_status]
        for column in wanted.get(status, ()):
            if not child[column] and not school.unread(child, column):
                yield at(child, Children.case_status, f"“个案状态”是{status}，但“{column.title}”没有填，请补填")
                break


@rule(
    "R311", WARNING, "花名册", "同意书未签",
    why="监护人没有签个人信息告知同意书，给家长的信只能打印，不能发邮件，也不能拍照和安排走访。",
    bad="同意书：待签，或空白。",
    good="同意书：已签。",
    mend="请监护人签署同意书后改为“已签”。",
    needs=(Children.consent,),
)  # fmt: skip
def no_consent(school: School, _today: date) -> Iterator[Spot]:
    """R311: 同意书 not 已签."""
    for child in school.active_children:
        if child[Children.consent] != "已签" and not school.unread(child, Children.consent):
            yield at(child, Children.consent, "“同意书”还不是“已签”，请尽快请监护人签署")


@rule(
    "R313", WARNING, "档案", "本学期还没有档案",
    why="一名孩子一学期一份档案，班主任才说得清他的学习、心理和需要。",
    bad="开学一个多月，孩子还没有本学期的档案。",
    good="开学 30 天内填好本学期档案。",
    mend="在“档案”表里为这名孩子加一行本学期的记录。",
    needs=(Children.child_id, TermFiles.child_id, TermFiles.term),
)  # fmt: skip
def no_term_file(school: School, today: date) -> Iterator[Spot]:
    """R313: no 档案 row in the current 学期, from 30 days after its start (a row of no known term is C101 or K202)."""
    term, starts = school.settings["学期"], _term_starts(school)
    opened = starts.get(term)
    if opened is None or (today - opened).days < _TERM_GRACE_DAYS:
        return
    files = school[TermFiles]
    rows = zip(files.child_id, files.term, strict=True)
    filed = {child for child, name in rows if name == term or name not in starts}
    for child in school.active_children:
        if child[Children.child_id] and child[Children.child_id] not in filed:
            yield at(child, Children.child_id, f"“档案”表里还没有这名孩子{term}的档案，请补上")


def _term_starts(school: School) -> dict[str, date]:
    calendar = school[Calendar]
    rows = zip(calendar.name, calendar.kind, calendar.starts_on, strict=True)
    return {name: starts for name, kind, starts in rows if kind == "学期" and starts}


@rule(
    "R314", WARNING, "花名册", "风险等级低于档案反映的情况",
    why="档案里已经看到较重的困难，风险等级却偏低，谈心和通话就会太少。",
    bad="档案里心理困扰、亲情缺失都是“重”，风险等级却是“低”。",
    good="有一项“重”，至少为中；有两项“重”，为高。",
    mend="请班主任和德育负责人重新评定风险等级。",
    needs=(Children.risk, TermFiles.child_id),
)  # fmt: skip
def risk_too_low(school: School, today: date) -> Iterator[Spot]:
    """R314: 风险等级 lower than the latest 档案 says (one 重 → at least 中, two → 高)."""
    latest = _latest_files(school, today)
    for child in school.active_children:
        file, risk = latest.get(child[Children.child_id]), child[Children.risk]
        if file is None or not risk:
            continue
        heavy = sum(file[trouble] == "重" for trouble in _TROUBLES if has(school, trouble))
        least = _RISKS[min(heavy, 2)]
        if _RISKS.index(risk) < _RISKS.index(least):
            message = f"“风险等级”是{risk}，最近一份档案有{heavy}项“重”，应不低于{least}，请重新评定"
            yield at(child, Children.risk, message)


def _latest_files(school: School, today: date) -> dict[str, Record]:
    """The latest file of each child: by 评价日期, then by the start of its term, then the lower row.

    Of several files, one whose 评价日期 cannot be told (C101, C102, C112) may be the latest: then there is none.
    """
    starts = _term_starts(school)
    files = grouped_by(school[TermFiles], TermFiles.child_id)
    return {
        child_id: max(
            group, key=lambda one: (_assessed(one, today), starts.get(one[TermFiles.term], date.min), one.row)
        )
        for child_id, group in files.items()
        if len(group) == 1 or all(_assessed(one, today) > date.min for one in group)
    }


def _assessed(file: Record, today: date) -> date:
    day = file[TermFiles.assessed_on]
    return day if day and day <= today else date.min


RULES: tuple[Rule, ...] = (
    birth_date_differs,
    gender_differs,
    unusual_age,
    sixteen_or_older,
    type_contradicts_parents,
    undated_status,
    no_consent,
    no_term_file,
    risk_too_low,
)

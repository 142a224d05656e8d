"""Planters of the family R: children and their families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tests.rules.planting import DAY, NoPlace, Planter, Spot, cell, child_of, days, is_active, some, spot
from tests.support.random_people import BOTH_AWAY, NONE_AWAY
from tests.support.random_school import RandomSchool
from tests.support.random_work import TROUBLES
from tests.support.sound_school import Row


def family_of(school: RandomSchool, child: Row) -> list[Row]:
    """The guardians of a child, in the order of the sheet."""
    return [row for row in school.book.rows("监护人") if row["儿童编号"] == child["儿童编号"]]


def _active_with_id(school: RandomSchool, child: Row) -> bool:
    return is_active(school, child) and bool(child["身份证号"])


def _younger_by_a_day(_school: RandomSchool, child: Row) -> date:
    born: date = child["出生日期"]
    return born - DAY if born.day > 1 else born + DAY


def _other_gender(_school: RandomSchool, child: Row) -> str:
    return "女" if child["性别"] == "男" else "男"


def _far_from_its_grade(school: RandomSchool, child: Row) -> date:
    """Three years and more too old, or too young; never sixteen."""
    usual = 6 + "一二三四五六".index(child["年级"][0])
    years = school.random.choice([usual - 4, *([usual + 4] if usual < 11 else [])])
    return school.maker.opening - timedelta(days=int(years * 365.25))


def contradicts_parents(school: RandomSchool) -> set[Spot]:
    """A child whose parents are away is said not to be left behind."""
    child = some(school, "花名册", lambda school, row: is_active(school, row) and _parent_is_away(school, row))
    child["留守类型"] = NONE_AWAY
    return {spot(school, "R305", "花名册", child, "留守类型")}


def _parent_is_away(school: RandomSchool, child: Row) -> bool:
    return any(row["关系"] in {"父亲", "母亲"} and row["是否外出"] == "是" for row in family_of(school, child))


def nobody_cares(school: RandomSchool) -> set[Spot]:
    """The carer is none any more."""
    child = some(school, "花名册", is_active)
    for row in family_of(school, child):
        row["现照护人"] = "否"
    return {spot(school, "R308", "花名册", child, "儿童编号")}


def nobody_registered(school: RandomSchool) -> set[Spot]:
    """A new child of whose family nothing is known."""
    child = school.maker.child()
    school.maker.files(child)
    school.maker.pairings(child, [])
    return {spot(school, "R308", "花名册", child, "儿童编号")}


def two_carers(school: RandomSchool) -> set[Spot]:
    """Somebody else cares as well."""
    return _marked(school, "现照护人", "是")


def no_first_contact(school: RandomSchool) -> set[Spot]:
    """Nobody is to be called first."""
    return _marked(school, "首选联系人", "否")


def _marked(school: RandomSchool, title: str, mark: str) -> set[Spot]:
    """Gives a guardian whose mark is another this mark."""
    row = some(
        school, "监护人", lambda school, row: is_active(school, row) and row[title] != mark and _has_others(school, row)
    )
    row[title] = mark
    return {spot(school, "R309", "监护人", family_of(school, row)[0], "儿童编号")}


def _has_others(school: RandomSchool, guardian: Row) -> bool:
    return len(family_of(school, guardian)) > 1


def _needs_mandate(school: RandomSchool, guardian: Row) -> bool:
    is_away = child_of(school, guardian)["留守类型"] == BOTH_AWAY
    return is_away and guardian["现照护人"] == "是" and is_active(school, guardian)


def no_phone(school: RandomSchool) -> set[Spot]:
    """A family without a single phone; told at the first row of all its children."""
    child = some(school, "花名册", is_active)
    children = [one for one in school.book.rows("花名册") if one is child or _same_family(one, child)]
    ids = {one["儿童编号"] for one in children}
    rows = [row for row in school.book.rows("监护人") if row["儿童编号"] in ids]
    for row in rows:
        row |= {"手机": None, "固定电话": None, "收信方式": "纸质"}
    return {spot(school, "R312", "监护人", rows[0], "儿童编号")}


def _same_family(one: Row, other: Row) -> bool:
    return bool(one.get("家庭编号")) and one.get("家庭编号") == other.get("家庭编号")


def no_file(school: RandomSchool) -> set[Spot]:
    """The file of this term becomes one of a term long ago, of which there is none yet."""
    name, starts, _ = school.maker.terms[-1]
    old = school.maker.terms[0][0]
    file = some(school, "档案", lambda school, row: row["学期"] == name and is_active(school, row))
    if (school.today - starts).days < 30 or (file["儿童编号"], old) in _files(school):
        raise NoPlace
    file["学期"] = old
    return {spot(school, "R313", "花名册", child_of(school, file), "儿童编号")}


def _files(school: RandomSchool) -> set[tuple[str, str]]:
    return {(row["儿童编号"], row["学期"]) for row in school.book.rows("档案")}


def risk_too_low(school: RandomSchool) -> set[Spot]:
    """The latest file comes to say more than the risk does."""
    name = school.maker.term
    file = some(school, "档案", lambda school, row: row["学期"] == name and _at_little_risk(school, row))
    file |= dict.fromkeys(TROUBLES[:2], "重")
    return {spot(school, "R314", "花名册", child_of(school, file), "风险等级")}


def _at_little_risk(school: RandomSchool, row: Row) -> bool:
    return is_active(school, row) and bool(child_of(school, row)["风险等级"] != "高")


def _is_paused(_school: RandomSchool, row: Row) -> bool:
    return bool(row["个案状态"] == "暂停")


def _is_closed(_school: RandomSchool, row: Row) -> bool:
    return bool(row["个案状态"] == "结案")


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "R301": (cell("R301", "花名册", "出生日期", _younger_by_a_day, _active_with_id),),
    "R302": (cell("R302", "花名册", "性别", _other_gender, _active_with_id),),
    "R303": (cell("R303", "花名册", "出生日期", _far_from_its_grade, is_active, 身份证号=None, 学籍号=None),),
    "R304": (cell("R304", "花名册", "出生日期", days(-16 * 366), is_active, 身份证号=None, 学籍号=None),),
    "R305": (contradicts_parents,),
    "R307": (
        cell("R307", "花名册", "结案原因", None, _is_closed, at="个案状态"),
        cell("R307", "花名册", "结案日期", None, _is_closed, at="个案状态"),
        cell("R307", "花名册", "暂停至日", None, _is_paused, at="个案状态"),
    ),
    "R308": (nobody_cares, nobody_registered),
    "R309": (two_carers, no_first_contact),
    "R310": (
        cell("R310", "监护人", "委托书", "无", _needs_mandate),
        cell("R310", "监护人", "委托书", None, _needs_mandate),
        cell("R310", "监护人", "委托书到期日", days(-1), _needs_mandate, at="委托书", 委托书="有"),
    ),
    "R311": (cell("R311", "花名册", "同意书", "待签", is_active), cell("R311", "花名册", "同意书", None, is_active)),
    "R312": (no_phone,),
    "R313": (no_file,),
    "R314": (risk_too_low,),
    "R315": (
        cell("R315", "监护人", "收信方式", "邮件", is_active, 邮箱=None),
        cell("R315", "监护人", "收信方式", "短信", is_active, 手机=None, 固定电话="0999-6221234"),
    ),
}

"""Family R, second half: every child has one carer, a first contact, a phone and a mandate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xl_liushou.core.finding import ERROR, WARNING
from xl_liushou.core.table import Record
from xl_liushou.rules.alone import living_alone
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians


def _cared(school: School) -> Iterator[tuple[Record, Sequence[Record]]]:
    """Each active child that has guardians, with them; a key that stands twice (K201) counts once."""
    told: set[str] = set()
    for child in school.active_children:
        child_id = child[Children.child_id]
        group = school.guardians_by_child.get(child_id, ())
        if group and child_id and child_id not in told:
            told.add(child_id)
            yield child, group


@rule(
    "R308", ERROR, "花名册", "没有现照护人",
    why="没有现照护人，意味着这个孩子可能独自生活，这是最要紧的安全问题，任何设置都不能忽略这条。",
    bad="监护人表里没有这名孩子的行，或没有一行“现照护人”为“是”。",
    good="监护人表里祖母一行“现照护人”为“是”。",
    mend="立即弄清孩子现在和谁住；在监护人表里登记，并把“现照护人”选“是”。",
    needs=(Guardians.child_id, Guardians.is_carer),
)  # fmt: skip
def nobody_cares(school: School, _today: date) -> Iterator[Spot]:
    """R308: no 现照护人 (a child living alone); also a child without any 监护人 row."""
    for child in living_alone(school):
        message = "这名孩子没有“现照护人”，可能独自生活，请立即核实并在监护人表登记"
        yield at(child, Children.child_id, message)


@rule(
    "R309", ERROR, "监护人", "现照护人或首选联系人不唯一",
    why="有两个照护人或首选联系人时，程序不知道信写给谁、有事找谁。",
    bad="父亲和母亲两行“首选联系人”都是“是”，或没有一行是“是”。",
    good="每名孩子的现照护人、首选联系人各有且只有一人。",
    mend="留下一位为“是”，其余改为“否”。",
    needs=(Guardians.child_id, Guardians.is_carer, Guardians.is_first_contact),
)  # fmt: skip
def not_exactly_one(school: School, _today: date) -> Iterator[Spot]:
    """R309: more than one 现照护人, or not exactly one 首选联系人; at the child's first row."""
    for _, group in _cared(school):
        carers = sum(one[Guardians.is_carer] == YES for one in group)
        firsts = [one[Guardians.is_first_contact] for one in group]
        wrong = []
        if carers > 1:
            wrong.append(f"“现照护人”有{carers}人")
        if firsts.count(YES) != 1 and (all(firsts) or firsts.count(YES) > 1):
            wrong.append(f"“首选联系人”有{firsts.count(YES)}人")
        if wrong:
            message = f"这名孩子的{'，'.join(wrong)}，应当各有且只有一人，请改正"
            yield at(group[0], Guardians.child_id, message)


@rule(
    "R310", WARNING, "监护人", "照护人没有有效的委托书",
    why="父母都外出时，应当书面委托有能力的人照护孩子，责任才清楚。",
    bad="双方外出，祖母的委托书空白、为“无”或已经到期。",
    good="委托书：有，到期日在今天之后；或“不需”。",
    mend="请父母与照护人签订委托书，填写到期日。",
    needs=(Children.left_behind_type, Guardians.is_carer, Guardians.mandate),
)  # fmt: skip
def no_mandate(school: School, today: date) -> Iterator[Spot]:
    """R310: child 双方外出 and the carer's 委托书 blank, 无 or expired (of two carers R309 speaks)."""
    for child, group in _cared(school):
        carers = [one for one in group if one[Guardians.is_carer] == YES]
        if child[Children.left_behind_type] != "双方外出" or len(carers) != 1:
            continue
        if fault := _mandate_fault(school, carers[0], today):
            yield at(carers[0], Guardians.mandate, f"父母都外出，照护人的“委托书”{fault}，请签订或续签")


def _mandate_fault(school: School, carer: Record, today: date) -> str:
    mandate, until = carer[Guardians.mandate], carer[Guardians.mandate_until]
    if mandate == "不需" or school.unread(carer, Guardians.mandate):
        return ""
    if mandate != "有":
        return "还没有"
    return f"已于 {until} 到期" if until and until < today else ""


@rule(
    "R312", ERROR, "监护人", "全家没有一个电话",
    why="没有电话，出了事联系不上，两周一次的通话也无从做起。",
    bad="父母和祖母的手机、固定电话都空着。",
    good="至少有一位监护人的手机或固定电话。",
    mend="向家里或村里问到电话后补填。",
    needs=(Guardians.child_id,),
)  # fmt: skip
def no_phone(school: School, _today: date) -> Iterator[Spot]:
    """R312: no phone at all in the family; once a family, at its first row."""
    told: set[Record] = set()
    for child, _ in _cared(school):
        family = {one[Children.child_id] for one in school.family(child)}
        guardians = [one for child_id in family for one in school.guardians_by_child.get(child_id, ())]
        first = min(guardians, key=lambda one: one.row)
        if first not in told and not any(_reachable(school, one) for one in guardians):
            told.add(first)
            yield at(first, Guardians.child_id, "这名孩子家里一个电话也没有，请问到后补填")


def _reachable(school: School, guardian: Record) -> bool:
    phones = (Guardians.mobile, Guardians.landline)
    return any(guardian[phone] or school.unread(guardian, phone) for phone in phones)


@rule(
    "R315", WARNING, "监护人", "收信方式缺少地址或手机",
    why="选了邮件却没有邮箱、选了短信却没有手机，信就送不到。",
    bad="收信方式是“邮件”，邮箱空白。",
    good="收信方式是“邮件”，邮箱已填。",
    mend="补填邮箱或手机，或把收信方式改为“纸质”。",
    needs=(Guardians.channel,),
)  # fmt: skip
def unreachable_channel(school: School, _today: date) -> Iterator[Spot]:
    """R315: 收信方式 邮件 without 邮箱, or 短信/微信 without 手机."""
    wanted = {"邮件": Guardians.email, "短信": Guardians.mobile, "微信": Guardians.mobile}
    for _, group in _cared(school):
        for guardian in group:
            channel = guardian[Guardians.channel]
            column = wanted.get(channel)
            if column and not guardian[column] and not school.unread(guardian, column):
                message = f"“收信方式”是{channel}，但“{column.title}”没有填，请补填或改为纸质"
                yield at(guardian, Guardians.channel, message)


RULES: tuple[Rule, ...] = (nobody_cares, not_exactly_one, no_mandate, no_phone, unreachable_channel)

"""Family C: single cells. Most are noticed while parsing; here they get their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xl_liushou.core.finding import ERROR, INFO, WARNING, Problem
from xl_liushou.core.table import Record
from xl_liushou.rules.alone import rows_without_mark
from xl_liushou.rules.rule import Rule, Spot, at, rule, spot_of, worded
from xl_liushou.schema.nearest import Nearest
from xl_liushou.schema.numbers import id_is_valid
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import SHEETS, Children, Guardians

_SHOWN = 24


def shown(value: str) -> str:
    """A cell's own value, short enough for one sentence."""
    flat = " ".join(value.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"


@rule(
    "C101", ERROR, "各表", "必填项空白",
    why="必填项决定提醒谁、写给谁、什么时候写，空着就可能漏掉这个孩子。",
    bad="花名册里某个孩子的“风险等级”没有填。",
    good="风险等级：中。",
    mend="补填这一格。",
)  # fmt: skip
def blank(school: School, _today: date) -> Iterator[Spot]:
    """C101: a required cell is blank; where R308 tells of a missing 现照护人, its blank cells are not told again."""
    mark = (Guardians.title, Guardians.is_carer.title)
    problems = school.problems_by_code.get("C101", ())
    told = rows_without_mark(school) if any((one.sheet, one.column) == mark for one in problems) else frozenset()
    for problem in problems:
        if (problem.sheet, problem.column) != mark or problem.row not in told:
            yield spot_of(problem, f"“{problem.column}”是必填项，请补填")


@worded(
    "C102", ERROR, "日期列", "不是日期",
    why="日期读不出来，就算不出什么时候该谈心、该通话。程序不猜：两位数的年份、没有日的年月、不存在的日子都不算日期。",
    bad="2015.13.2、15-3-2、2015年3月。",
    good="2015-03-02，或 2015.3.2、2015年3月2日。",
    mend="改成年月日齐全的日期。",
)  # fmt: skip
def not_a_date(problem: Problem) -> str:
    """C102: not a date."""
    return f"“{problem.column}”写的“{shown(problem.value)}”不是完整的日期，请写成 2015-03-02 这样"


@rule(
    "C103", ERROR, "选项列", "不在选项里",
    why="选项是固定的几种，写法不同，程序就无法归类，统计和提醒都会漏掉。",
    bad="性别写成“男生”。",
    good="性别：男。",
    mend="从下拉列表里选一个；民族、学科、主题等可以先在“字典”表里增加。",
)  # fmt: skip
def not_a_choice(school: School, _today: date) -> Iterator[Spot]:
    """C103: not one of the list, with the nearest choice as suggestion."""
    nearest: dict[tuple[str, ...], Nearest] = {}
    for problem in school.problems_by_code.get("C103", ()):
        if grade := problem.details.get("grade"):
            message = f"“班级”里写的年级与“年级”列的“{grade}”不一致，请改成一致，班级只写班，如 1班"
        elif problem.details.get("class"):
            message = f"“{problem.column}”写的“{shown(problem.value)}”看不出是哪个班，请写成 1班 这样"
        else:
            choices = tuple(problem.details["choices"])
            wrong = problem.details.get("part", problem.value)
            hint = nearest.setdefault(choices, Nearest(choices)).hint(wrong)
            message = f"“{problem.column}”写的“{shown(wrong)}”不在选项里{hint}，请从下拉列表中选择"
        yield spot_of(problem, message)


@worded(
    "C104", ERROR, "数字列", "不是数字或超出范围",
    why="不是数字就不能计算天数、数量和金额。",
    bad="间隔天数写成“一周”。",
    good="间隔天数：7。",
    mend="改成数字。",
)  # fmt: skip
def not_a_number(problem: Problem) -> str:
    """C104: not a number, or out of range."""
    details = problem.details
    kind = "整数" if details["whole"] else "数字"
    span = f"{details['least']:g}到{details['most']:g}之间的" if details["most"] < 1e9 else "不小于0的"
    return f"“{problem.column}”写的“{shown(problem.value)}”不合适，请填{span}{kind}"


@worded(
    "C105", WARNING, "日期列", "日期写成了文字或数字",
    why="文字形式的日期在 Excel 里不能排序和计算；程序读得懂，改成真正的日期更稳妥。",
    bad="文字“2015.3.2”，数字 20150302，没有设日期格式的 42065。",
    good="2015-03-02（日期格式）。",
    mend="按 2015-03-02 的样子重新输入，或把单元格设成日期格式。",
)  # fmt: skip
def date_as_text(problem: Problem) -> str:
    """C105: a date typed as text, as 20150302, or an unformatted serial."""
    return f"“{problem.column}”的“{shown(problem.value)}”是文字或数字形式的日期，建议改成日期 {problem.replacement}"


@worded(
    "C106", ERROR, "电话列", "不是有效的电话",
    why="电话错一位，找不到家长；一格两个号码，程序不知道打哪一个。",
    bad="1380013800（少一位）、两个号码写在一格。",
    good="13800138000，或带区号的座机 0851-1234567。",
    mend="核对后改正；第二个号码写到另一位监护人或“固定电话”里。",
)  # fmt: skip
def bad_phone(problem: Problem) -> str:
    """C106: neither a mobile nor a landline with area code."""
    return f"“{problem.column}”的号码不对：应是 11 位手机号，或带区号的座机，一格只写一个号码，请核对"


@worded(
    "C107", ERROR, "花名册", "身份证号位数或格式不对",
    why="身份证号用来核对出生日期、性别和学籍，位数不对就无法核对。",
    bad="17 位，或中间夹了字母。",
    good="17 位数字加一位数字或 X。",
    mend="对照户口簿改正。",
)  # fmt: skip
def bad_id_form(problem: Problem) -> str:
    """C107: not 17 digits and a digit or X."""
    return (
        f"“身份证号”应是 17 位数字加一位数字或 X，现在是{problem.details['length']}位或含有别的字符，请对照户口簿改正"
    )


@worded(
    "C108", ERROR, "花名册", "身份证号校验位不对",
    why="最后一位是按国家标准 GB 11643 由前 17 位算出来的，对不上说明有一位写错了。",
    bad="末位应为 5，写成了 6。",
    good="末位与前 17 位相符。",
    mend="对照户口簿逐位核对。",
)  # fmt: skip
def bad_id_check(_problem: Problem) -> str:
    """C108: the check digit is wrong (GB 11643)."""
    return "“身份证号”的最后一位与前 17 位对不上，说明有一位写错了，请对照户口簿逐位核对"


@worded(
    "C109", ERROR, "花名册", "长号码按数字输入，末几位已丢失",
    why="Excel 只保留 15 位数字，身份证号、学籍号按数字输入时，后三位会变成 0，无法找回。",
    bad="5.22E+17 或末尾 000。",
    good="先把单元格设为“文本”，再输入完整号码。",
    mend="把单元格设为文本格式，对照户口簿重新输入。",
)  # fmt: skip
def lost_digits(problem: Problem) -> str:
    """C109: more than 15 digits typed as a number."""
    return f"“{problem.column}”是按数字输入的，15 位以后已经丢失，请把单元格设为文本后重新输入完整号码"


@worded(
    "C110", ERROR, "邮箱列", "不是一个邮箱地址",
    why="信只能寄到一个明确的地址；写两个地址，或夹了空格和中文标点，都可能寄错人。",
    bad="a@example.com；b@example.com",
    good="a@example.com",
    mend="只留一个地址；另一位家长的地址写在他自己的那一行。",
)  # fmt: skip
def bad_email(problem: Problem) -> str:
    """C110: not exactly one address."""
    return f"“{problem.column}”应当只写一个邮箱地址，如 name@example.com，请核对"


@rule(
    "C112", ERROR, "日期列", "日期在将来",
    why="已经发生的事不会在将来；日期写错，谈心和通话的时间就会算错。",
    bad="今天是 2026-11-23，谈心日期写成 2027-11-20。",
    good="2026-11-20。",
    mend="核对年份和月份后改正。",
)  # fmt: skip
def in_the_future(school: School, today: date) -> Iterator[Spot]:
    """C112: a date of something past lies after the as-of date."""
    for schema in SHEETS:
        table = school[schema]
        for column in schema.columns:
            if not column.past or not table.has(column):
                continue
            for index, day in enumerate(table.values(column)):
                if day is not None and day > today:
                    message = f"“{column.title}”是 {day}，晚于今天，请核对年份和月份"
                    yield at(Record(table, index), column, message)


@worded(
    "C113", WARNING, "文字列", "像公式的文字",
    why="以 = + - @ 开头的文字，在别的表格软件里可能被当成公式执行，有安全风险。",
    bad="=HYPERLINK(…)、-表现较好",
    good="表现较好",
    mend="去掉开头的符号，或在前面加上文字。",
)  # fmt: skip
def like_a_formula(problem: Problem) -> str:
    """C113: text that starts like a formula."""
    return f"“{problem.column}”的文字以 = + - @ 开头，可能被当成公式，请去掉开头的符号"


@rule(
    "C114", WARNING, "花名册", "学籍号不对",
    why="学籍号用来与学籍系统核对、转学时认人，写错就认错人。",
    bad="G 开头却与身份证号不同，或不足 19 位。",
    good="G 加身份证号，或 J、L 加 18 位。",
    mend="对照学籍系统改正。",
)  # fmt: skip
def bad_student_number(school: School, _today: date) -> Iterator[Spot]:
    """C114: not G/J/L plus 18; or G and not equal to 身份证号 where that is filled (and right: else C107 or C108)."""
    wrong = school.problems_by_code.get("C114", ())
    for problem in wrong:
        yield spot_of(problem, "“学籍号”应是 G、J 或 L 加 18 位，请对照学籍系统改正")
    rows = {problem.row for problem in wrong}
    for child in school[Children].records():
        roll, number = child[Children.student_number], child[Children.id_number]
        differs = roll.startswith("G") and id_is_valid(number) and roll[1:] != number
        if differs and child.row not in rows:
            yield at(child, Children.student_number, "“学籍号”以 G 开头，但与“身份证号”不同，请核对两个号码")


@worded(
    "C115", WARNING, "文字列", "多余的空格、全角字符或标点",
    why="看上去一样、其实不同的写法会让同一个人变成两个人，号码也拨不出去。",
    bad="“张 三”、“１３８…”、“138-0013-8000”、小写 x。",
    good="“张三”、“13800138000”、X。",
    mend="按提示里给出的写法改正。",
)  # fmt: skip
def untidy(problem: Problem) -> str:
    """C115: blanks, full-width characters, phone punctuation, separators, name dots, lower-case x."""
    if problem.replacement == "":
        return f"“{problem.column}”写的“{shown(problem.value)}”按空白处理，没有就请留空"
    return f"“{problem.column}”里有多余的空格、全角字符或不规范的写法，建议改成“{shown(str(problem.replacement))}”"


@worded(
    "C116", WARNING, "文字列", "看不见的控制字符",
    why="从网页或别的软件粘贴时带进来的不可见字符，会让查找和核对失败。",
    bad="姓名后面跟着一个看不见的字符。",
    good="只有看得见的文字（换行可以保留）。",
    mend="重新输入这一格。",
)  # fmt: skip
def control_characters(problem: Problem) -> str:
    """C116: control characters."""
    return f"“{problem.column}”里有看不见的字符，建议去掉"


@worded(
    "C117", INFO, "各表", "空白，由程序补上",
    why="编号可由程序编，个案状态、重点帮扶、收信方式、在岗空白时按常规处理；写明更清楚。",
    bad="个案状态空白（按“在管”处理）。",
    good="个案状态：在管。",
    mend="可以不管；想写明就照提示填写。",
)  # fmt: skip
def filled_in(problem: Problem) -> str:
    """C117: blank where the program fills in."""
    default = problem.details.get("default")
    if default is not None:
        return f"“{problem.column}”空白，按“{default}”处理"
    return f"“{problem.column}”空白，可由程序编为 {problem.replacement}"


RULES: tuple[Rule, ...] = (
    blank,
    not_a_date,
    not_a_choice,
    not_a_number,
    date_as_text,
    bad_phone,
    bad_id_form,
    bad_id_check,
    lost_digits,
    bad_email,
    in_the_future,
    like_a_formula,
    bad_student_number,
    untidy,
    control_characters,
    filled_in,
)

"""A small school in which nothing is wrong, and a way to spoil one thing in it.

    school_file(tmp_path, change={("花名册", 1, "性别"): "男生"})

Rows count from 1 below the header; every sheet has all its columns in the order of the schema, header in row 1.
"""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.workbooks import Edit, save
from xl_liushou.schema.sheets import SHEETS

Row = dict[str, Any]
Place = tuple[str, int, str]
"""Sheet, row counted from 1, column title."""

TERM = "2026年秋季学期"


def row(**cells: Any) -> Row:
    """A row by the titles of its columns."""
    return cells


CLOSED: dict[Place, Any] = {
    ("花名册", 3, "个案状态"): "结案",
    ("花名册", 3, "结案日期"): date(2026, 11, 20),
    ("花名册", 3, "结案原因"): "父母返乡",
    ("结对", 4, "结束日期"): date(2026, 11, 20),
    ("结对", 7, "结束日期"): date(2026, 11, 20),
}
"""The changes that close the case of the third child, soundly."""


def id_number(first17: str) -> str:
    """A resident ID with its check digit, worked out as ISO 7064 MOD 11-2 has it."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first17))
    return first17 + "0123456789X"[(1 - total) % 11]


MING_ID, LI_ID, QIANG_ID = (id_number(f"990001{born}") for born in ("20180506001", "20200302002", "20160708013"))


def sound_school() -> dict[str, list[Row]]:
    """The rows of every sheet: two children of one family and a third; `check` has nothing to say about them."""
    return {
        "花名册": _children(), "监护人": _guardians(), "档案": _term_files(), "结对": _pairings(),
        "联系记录": _contacts(), **_study_help(), **_campaign(), **_people(), **_calendar(),
    }  # fmt: skip


def school_file(
    folder: Path,
    *,
    change: Mapping[Place, Any] | None = None,
    add: Iterable[tuple[str, Row]] = (),
    remove: Collection[tuple[str, int]] = (),
    drop: Collection[tuple[str, str]] = (),
    retitle: Mapping[tuple[str, str], str] | None = None,
    empty: Collection[str] = (),
    missing: Collection[str] = (),
    edit: Edit | None = None,
) -> Path:
    """The sound school as a workbook file, spoiled.

    `change` sets cells (None blanks one), `add` adds rows (in the Table), `remove` takes rows out, `drop` leaves
    columns out, `retitle` renames them, `empty` sheets have their header only, `missing` ones are not there. `edit`
    works on the finished openpyxl workbook.
    """
    school = sound_school()
    for (sheet, number, title), value in (change or {}).items():
        school[sheet][number - 1][title] = value
    for sheet, number in sorted(remove, reverse=True):
        del school[sheet][number - 1]
    for sheet, more in add:
        school[sheet].append(more)
    sheets: dict[str, list[list[Any]]] = {}
    for schema in SHEETS:
        titles = [column.title for column in schema.columns if (schema.title, column.title) not in drop]
        rows = [] if schema.title in empty else school[schema.title]
        shown = [(retitle or {}).get((schema.title, title), title) for title in titles]
        if schema.title not in missing:
            sheets[schema.title] = [shown, *([one.get(title) for title in titles] for one in rows)]
    return save(folder, sheets, tables=True, edit=edit)


def like(sheet: str, number: int, **other: Any) -> tuple[str, Row]:
    """A row to add: as row `number` of the sheet, but for these cells."""
    return sheet, {**sound_school()[sheet][number - 1], **other}


def _children() -> list[Row]:
    shared = row(
        民族="汉族", 寄宿="否", 健康状况="健康", 评估日期=date(2026, 9, 10), 个案状态="在管", 建档日期=date(2026, 9, 1),
        同意书="已签", 照片同意="是",
    )  # fmt: skip
    return [
        row(**shared, 儿童编号="S001", 姓名="张明", 性别="男", 出生日期=date(2018, 5, 6), 身份证号=MING_ID,
            学籍号=f"G{MING_ID}", 年级="三年级", 班级="1班", 家庭编号="F001", 留守类型="双方外出",
            困境类别="家庭贫困", 重点帮扶="是", 风险等级="高"),
        row(**shared, 儿童编号="S002", 姓名="张丽", 性别="女", 出生日期=date(2020, 3, 2), 身份证号=LI_ID,
            学籍号=f"G{LI_ID}", 年级="一年级", 班级="1班", 家庭编号="F001", 留守类型="双方外出",
            重点帮扶="否", 风险等级="中"),
        row(**shared, 儿童编号="S003", 姓名="李强", 性别="男", 出生日期=date(2016, 7, 8), 身份证号=QIANG_ID,
            年级="五年级", 班级="2班", 留守类型="一方外出", 重点帮扶="否", 风险等级="低"),
    ]  # fmt: skip


def _guardians() -> list[Row]:
    def grandmother(number: str, child: str) -> Row:
        return row(编号=number, 儿童编号=child, 关系="祖母", 姓名="王秀英", 手机="13900000002", 是否外出="否",
                   现照护人="是", 首选联系人="否", 委托书="有", 委托书到期日=date(2027, 8, 31), 收信方式="纸质")  # fmt: skip

    def parent(number: str, child: str, relation: str, name: str, mobile: str, **more: str) -> Row:
        return row(编号=number, 儿童编号=child, 关系=relation, 姓名=name, 手机=mobile, **more)

    father = row(是否外出="是", 现照护人="否", 首选联系人="是", 收信方式="邮件", 邮箱="father@example.com")
    mother = row(是否外出="否", 现照护人="是", 首选联系人="否", 收信方式="微信", 监护能力="有")
    return [
        parent("J0001", "S001", "父亲", "张建国", "13900000001", **father),
        grandmother("J0002", "S001"),
        parent("J0003", "S002", "父亲", "张建国", "13900000001", **father),
        grandmother("J0004", "S002"),
        parent("J0005", "S003", "父亲", "李大山", "13900000003", **father),
        parent("J0006", "S003", "母亲", "陈桂花", "13900000004", **mother),
    ]


def _term_files() -> list[Row]:
    marks = row(学习="良", 思想="优", 心理="良", 品德="优", 亲情缺失="轻", 评价人="T01", 评价日期=date(2026, 9, 20))
    return [row(儿童编号=child, 学期=TERM, **marks) for child in ("S001", "S002", "S003")]


def _pairings() -> list[Row]:
    rows = [row(儿童编号="S001", 类型="教师帮扶", 帮扶人="T01"), row(儿童编号="S001", 类型="学习帮手", 帮扶人="S003")]
    for child, helper in (("S002", "S001"), ("S003", "王小虎")):
        rows.append(row(儿童编号=child, 类型="学习帮手", 帮扶人=helper, 学科="数学"))
    rows += [row(儿童编号=child, 类型="手拉手", 帮扶人="王小虎") for child in ("S001", "S002", "S003")]
    return [row(编号=f"D{n:04}", 开始日期=date(2026, 9, 7), **one) for n, one in enumerate(rows, 1)]


def _contacts() -> list[Row]:
    return [
        row(编号="L0001", 儿童编号="S001", 类型="谈心", 日期=date(2026, 11, 20), 方式="面谈", 记录人="T01", 结果="完成",
            主题="学习、亲情", 摘要="聊了聊期中考试和想爸爸"),
        row(编号="L0002", 儿童编号="S002", 类型="谈心", 日期=date(2026, 11, 19), 方式="面谈", 记录人="T02", 结果="完成"),
        row(编号="L0003", 儿童编号="S003", 类型="通话", 日期=date(2026, 11, 18), 方式="电话", 记录人="T03", 对象="J0005",
            结果="完成", 活动编号="H001"),
    ]  # fmt: skip


def _study_help() -> dict[str, list[Row]]:
    plan = row(
        编号="X0001", 儿童编号="S001", 学期=TERM, 学科="数学", 开始日期=date(2026, 9, 7), 目标="期末达到良好",
        帮扶时间="每周二放学后", 帮扶内容="计算与错题", 责任教师="T01", 阶段截止=date(2026, 12, 31), 状态="进行中",
    )  # fmt: skip
    check = row(
        编号="P0001", 帮扶编号="X0001", 检查日期=date(2026, 11, 10), 类型="期中", 得分=81.5, 较基线="进步",
        结论="计算更仔细了",
    )  # fmt: skip
    return {"学习帮扶": [plan], "进步记录": [check]}


def _campaign() -> dict[str, list[Row]]:
    campaign = row(
        活动编号="H001", 名称="一封家书", 主题="情系家庭", 类型="亲情书信", 学期=TERM, 目的="让孩子说出心里话",
        开始日期=date(2026, 10, 12), 结束日期=date(2026, 10, 30), 负责人="T04", 状态="完成",
    )  # fmt: skip
    step = row(活动编号="H001", 阶段="实施", 负责人="T01", 截止日期=date(2026, 10, 23), 完成日期=date(2026, 10, 22))
    return {
        "活动": [campaign],
        "活动环节": [
            row(编号="H0001", 序号=1, 环节="写信", 环节类型="亲情书信", 照片="写信.jpg", 照片中儿童="S001、S002", **step),
            row(编号="H0002", 序号=2, 环节="寄信", 环节类型="亲情书信", 目标值=3, 完成值=3, 单位="封", **step),
        ],
        "活动参与": [row(活动编号="H001", 儿童编号=child, 到场="到") for child in ("S001", "S002", "S003")],
        "志愿者": [
            row(志愿者编号="V01", 姓名="赵青", 性别="女", 手机="13900000009", 活动编号="H001", 背景核查日=date(2026, 9, 1),
                保密承诺="是"),
        ],
        "关爱物资": [
            row(编号="W0001", 活动编号="H001", 儿童编号="S001", 类别="图书", 名称="故事书", 数量=2, 金额=39.8,
                日期=date(2026, 10, 30), 签收人="王秀英", 经办人="T04"),
        ],
    }  # fmt: skip


def _people() -> dict[str, list[Row]]:
    return {
        "教职工": [
            row(工号="T01", 姓名="刘芳", 班主任班级="三年级1班", 在岗="是"),
            row(工号="T02", 姓名="何平", 班主任班级="一年级1班", 在岗="是"),
            row(工号="T03", 姓名="孙悦", 班主任班级="五年级2班", 在岗="是"),
            row(工号="T04", 姓名="周正", 职务="校长", 手机="13900000010", 党员="是", 联系班级="三年级1班", 在岗="是"),
        ],
        "领导小组": [row(序号="Z0001", 角色="组长", 工号="T04", 职责="全面负责")],
    }


def _calendar() -> dict[str, list[Row]]:
    settings = row(学校名称="云岭小学", 学期=TERM, 德育负责人="T04", 联系电话="0999-6221234", 每分钟邮件数="20")
    return {
        "校历": [
            row(名称=TERM, 类型="学期", 开始日期=date(2026, 9, 1), 结束日期=date(2027, 1, 20)),
            row(名称="国庆节", 类型="法定节假", 开始日期=date(2026, 10, 1), 结束日期=date(2026, 10, 7)),
        ],
        "频次表": [
            row(类型="谈心", 风险等级="高", 间隔天数=3, 提前提醒天数=1),
            row(类型="通话", 风险等级="高", 间隔天数=7, 提前提醒天数=2),
        ],
        "设置": [row(项目=item, 值=value) for item, value in settings.items()],
    }


def newcomer(**other: Any) -> list[tuple[str, Row]]:
    """A fourth child with all that belongs to it, sound unless `other` cells of its roster row say otherwise."""
    own = row(儿童编号="S004", 姓名="周敏", 性别="女", 出生日期=date(2016, 9, 9), 身份证号=None)
    _, child = like("花名册", 3, **{**own, **other})
    key = child["儿童编号"]
    return [
        ("花名册", child),
        like("监护人", 5, 编号="J0007", 儿童编号=key, 姓名="周大海", 手机="13900000005"),
        like("监护人", 6, 编号="J0008", 儿童编号=key, 姓名="吴桂兰", 手机="13900000006"),
        like("档案", 3, 儿童编号=key),
        like("结对", 4, 编号="D0008", 儿童编号=key),
        like("结对", 7, 编号="D0009", 儿童编号=key),
    ]

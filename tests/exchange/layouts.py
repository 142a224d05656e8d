"""Rosters as schools make them: thirty and more layouts, each with the rows that it must give written down beside it.

A layout is a text table per sheet (see `tests.support.workbooks`). A child is told as its name and its values in the
order of the sheet, a guardian as `child·relation` and theirs. Everybody is invented; region 990001 does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.support.sound_school import id_number

MING = id_number("99000120170304001")
LAN = id_number("99000120161120002")
QIANG = id_number("99000120170701013")
FATHER = id_number("99000119880102013")


@dataclass(frozen=True)
class Layout:
    """One roster file: what is in it, who made it (see `test_layouts`), and what must come of it."""

    name: str
    sheets: Mapping[str, str]
    told: str
    kind: str = "openpyxl"
    merged: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Sequence[int] = ()
    doubts: str = ""
    unmatched: str = ""
    file: str = ""


PLAIN = f"""
    序号 | 姓名 | 性别 | 民族 | 出生日期 | 身份证号 | 年级 | 班级 | 家庭住址
    n:1 | 王小明 | 男 | 汉族 | d:2017-03-04 | {MING} | 三年级 | 1班 | 云岭村二组
    n:2 | 李小兰 | 女 | 苗 | d:2016-11-20 | {LAN} | 三年级 | 1班 | 青石村一组
"""
PLAIN_TOLD = f"""
    王小明 性别=男 民族=汉族 出生日期=2017-03-04 身份证号={MING} 年级=三年级 班级=1班 家庭住址=云岭村二组
    李小兰 性别=女 民族=苗族 出生日期=2016-11-20 身份证号={LAN} 年级=三年级 班级=1班 家庭住址=青石村一组
"""
PARENTS = """
    云岭小学三年级（2）班留守儿童花名册
    填表日期：2026年9月1日
    序号 | 姓名 | 性别 | 出生年月日 | 父亲情况 | | | 母亲情况 | | | 备注
     | | | | 姓名 | 联系电话 | 务工地点 | 姓名 | 联系电话 | 务工地点 |
    n:1 | 王小明 | 男 | 2017.3.4 | 王强 | n:13800000001 | 广东东莞 | 刘芳 | 138-0000-0002 | 广东东莞 |
    n:2 | 李小兰 | 女 | 2016年11月20日 | 李大山 | 13800000003 | 浙江宁波 | / | 无 | | 与奶奶住
    合计 | 2人
    填表人：周老师 | | | | 审核人：吴校长
"""
PARENTS_MERGED = {"Sheet1": ("A1:K1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:J3", "K3:K4")}
PARENTS_TOLD = """
    王小明 性别=男 出生日期=2017-03-04 年级=三年级 班级=2班
    王小明·父亲 姓名=王强 手机=13800000001 务工地=广东东莞
    王小明·母亲 姓名=刘芳 手机=13800000002 务工地=广东东莞
    李小兰 性别=女 出生日期=2016-11-20 年级=三年级 班级=2班 备注=与奶奶住
    李小兰·父亲 姓名=李大山 手机=13800000003 务工地=浙江宁波
"""

LAYOUTS: tuple[Layout, ...] = (
    Layout("a plain list", {"花名册": PLAIN}, PLAIN_TOLD, unmatched="序号"),
    Layout("a plain list by XlsxWriter", {"名单": PLAIN}, PLAIN_TOLD, "xlsxwriter", unmatched="序号"),
    Layout("a plain list as .xls", {"Sheet1": PLAIN}, PLAIN_TOLD, "xls", unmatched="序号"),
    Layout("a plain list as .ods", {"Sheet1": PLAIN}, PLAIN_TOLD, "ods", unmatched="序号"),
    Layout("a plain list as .xlsm", {"Sheet1": PLAIN}, PLAIN_TOLD, "xlsm", unmatched="序号"),
    Layout("a plain list as CSV in UTF-8", {"Sheet1": PLAIN}, PLAIN_TOLD, "csv-utf-8", unmatched="序号"),
    Layout(
        "a plain list as CSV in UTF-8 with a mark", {"Sheet1": PLAIN}, PLAIN_TOLD, "csv-utf-8-sig", unmatched="序号"
    ),
    Layout("a plain list as CSV of Excel in China", {"Sheet1": PLAIN}, PLAIN_TOLD, "csv-gb18030", unmatched="序号"),
    Layout("Unicode text of Excel", {"Sheet1": PLAIN}, PLAIN_TOLD, "tsv-utf-16", unmatched="序号"),
    Layout(
        "a two-row header with merged cells", {"Sheet1": PARENTS}, PARENTS_TOLD, merged=PARENTS_MERGED, unmatched="序号"
    ),
    Layout(
        "a two-row header as .xls", {"Sheet1": PARENTS}, PARENTS_TOLD, "xls", merged=PARENTS_MERGED, unmatched="序号"
    ),
    Layout(
        "a two-row header as .ods, which tells no merged cells",
        {"Sheet1": PARENTS},
        PARENTS_TOLD,
        "ods",
        merged=PARENTS_MERGED,
        unmatched="序号",
    ),
    Layout("a two-row header as .xlsb", {"Sheet1": PARENTS}, PARENTS_TOLD, "xlsb", unmatched="序号"),
    Layout("a two-row header as CSV", {"Sheet1": PARENTS}, PARENTS_TOLD, "csv-gb18030", unmatched="序号"),
    Layout(
        "a three-row header",
        {
            "六年级": """
            留守儿童基本信息登记表
            学生基本情况 | | | 家庭成员情况 | | | |
            姓名 | 性别 | 班级 | 父亲 | | 母亲 | |
             | | | 姓名 | 手机 | 姓名 | 手机 |
            陈一鸣 | 男 | 一班 | 陈国栋 | 13800000011 | 韦小红 | 13800000012
        """
        },
        """
            陈一鸣 性别=男 年级=六年级 班级=1班
            陈一鸣·父亲 姓名=陈国栋 手机=13800000011
            陈一鸣·母亲 姓名=韦小红 手机=13800000012
        """,
        merged={"六年级": ("A1:H1", "A2:C2", "D2:G2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3")},
    ),
    Layout(
        "one sheet a class, the class in the sheets' names",
        {
            "三(1)班": """
            姓名 | 性别 | 学籍号
            王小明 | 男 | G{MING}
        """.replace("{MING}", MING),
            "三(2)班": """
            姓名 | 性别 | 学籍号
            李小兰 | 女 | G{LAN}
        """.replace("{LAN}", LAN),
            "说明": "\n本表由班主任填写\n",
        },
        f"""
            王小明 性别=男 学籍号=G{MING} 年级=三年级 班级=1班
            李小兰 性别=女 学籍号=G{LAN} 年级=三年级 班级=2班
        """,
        "xls",
        doubts="说明! 这张表里没有找到名册的标题行（姓名、性别、班级……），没有读",
    ),
    Layout(
        "several blocks on a sheet, each with its class above",
        {
            "Sheet1": """
            三年级1班留守儿童
            姓名 | 性别 | 监护人 | 与学生关系 | 联系电话
            王小明 | 男 | 王奶奶 | 祖母 | 13800000021
            赵国强 | 男 | 赵永福 | 爷爷 | 13800000022

            三年级2班留守儿童
            姓名 | 性别 | 监护人 | 与学生关系 | 联系电话
            李小兰 | 女 | 罗桂芳 | 外婆 | 13800000023
        """
        },
        """
            王小明 性别=男 年级=三年级 班级=1班
            王小明·祖母 姓名=王奶奶 手机=13800000021
            赵国强 性别=男 年级=三年级 班级=1班
            赵国强·祖父 姓名=赵永福 手机=13800000022
            李小兰 性别=女 年级=三年级 班级=2班
            李小兰·外祖母 姓名=罗桂芳 手机=13800000023
        """,
    ),
    Layout(
        "two lists side by side",
        {
            "四年级1班": """
            学生姓名 | 性别 | 民族 | 学生姓名 | 性别 | 民族
            王小明 | 男 | 汉 | 李小兰 | 女 | 苗族
            赵国强 | 男 | 侗 | | |
        """
        },
        """
            王小明 性别=男 民族=汉族 年级=四年级 班级=1班
            赵国强 性别=男 民族=侗族 年级=四年级 班级=1班
            李小兰 性别=女 民族=苗族 年级=四年级 班级=1班
        """,
    ),
    Layout(
        "name and phone in one cell",
        {
            "Sheet1": """
            学生姓名 | 班级 | 父亲姓名及电话 | 母亲姓名及电话
            王小明 | 三年级1班 | 王强 13800000001 | 刘芳13800000002
            李小兰 | 三年级1班 | 李大山（13800000003） | 黄丽华：0999-6221234
            赵国强 | 三年级1班 | 赵开云 | 13800000005
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            王小明·母亲 姓名=刘芳 手机=13800000002
            李小兰 年级=三年级 班级=1班
            李小兰·父亲 姓名=李大山 手机=13800000003
            李小兰·母亲 姓名=黄丽华 固定电话=0999-6221234
            赵国强 年级=三年级 班级=1班
            赵国强·父亲 姓名=赵开云
            赵国强·母亲 手机=13800000005
        """,
    ),
    Layout(
        "relation and name in one cell",
        {
            "Sheet1": """
            姓名 | 班级 | 现照护人 | 照护人电话
            王小明 | 三(1)班 | 祖父 李四光 | 13800000031
            李小兰 | 三(1)班 | 奶奶：罗桂芳 | 13800000032
            赵国强 | 三(1)班 | 外婆石秀英 | 138 0000 0033
            陈一鸣 | 三(1)班 | 杨秀英（姑妈） |
            韦思涵 | 三(1)班 | 爷爷 |
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明·祖父 姓名=李四光 手机=13800000031 现照护人=是
            李小兰 年级=三年级 班级=1班
            李小兰·祖母 姓名=罗桂芳 手机=13800000032 现照护人=是
            赵国强 年级=三年级 班级=1班
            赵国强·外祖母 姓名=石秀英 手机=13800000033 现照护人=是
            陈一鸣 年级=三年级 班级=1班
            陈一鸣·其他亲属 姓名=杨秀英 现照护人=是
            韦思涵 年级=三年级 班级=1班
            韦思涵·祖父 现照护人=是
        """,
    ),
    Layout(
        "both parents in one cell",
        {
            "二年级": """
            姓名 | 班级 | 父母姓名 | 父母电话
            王小明 | 1 | 父：王强 母：刘芳 | 父:13800000001，母:13800000002
            李小兰 | 1 | 父亲：李大山；母亲：黄丽华 | 13800000003
            赵国强 | 2 | 赵开云、田玉珍 |
        """
        },
        """
            王小明 年级=二年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            王小明·母亲 姓名=刘芳 手机=13800000002
            李小兰 年级=二年级 班级=1班
            李小兰·父亲 姓名=李大山
            李小兰·母亲 姓名=黄丽华
            赵国强 年级=二年级 班级=2班
        """,
        "xlsxwriter",
        doubts="""
            二年级!D3 分不清哪个是姓名、关系、电话，或是谁的
            二年级!C4 分不清哪个是姓名、关系、电话，或是谁的
        """,
    ),
    Layout(
        "the phone stands behind each parent's name without saying whose",
        {
            "五年级1班": """
            姓名 | 父亲姓名 | 电话 | 务工地 | 母亲姓名 | 电话 | 务工地
            王小明 | 王强 | 13800000001 | 深圳 | 刘芳 | 13800000002 | 东莞
        """
        },
        """
            王小明 年级=五年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001 务工地=深圳
            王小明·母亲 姓名=刘芳 手机=13800000002 务工地=东莞
        """,
        "ods",
    ),
    Layout(
        "one phone behind two parents is nobody's",
        {
            "五年级1班": """
            姓名 | 父亲姓名 | 母亲姓名 | 联系电话
            王小明 | 王强 | 刘芳 | 13800000001
        """
        },
        """
            王小明 年级=五年级 班级=1班
            王小明·父亲 姓名=王强
            王小明·母亲 姓名=刘芳
        """,
        unmatched="联系电话?",
    ),
    Layout(
        "numbers typed as numbers, dates as serials and texts, full-width signs",
        {
            "一年级1班": """
            姓　名 | 性别 | 出生日期 | 身份证号 | 父亲姓名 | 父亲电话
            王 小 明 | 男 | n:42798 | n:990001201703040010 | 王 强 | n:13800000001
            李小兰 | 女 | 20161120 | ９９０００１２０１６１１２０００２{x} | 李•大山 | +86 138 0000 0003
            赵国强 | 男孩 | 2017.7 | | 赵开云 | 1380000000
        """.replace("{x}", LAN[17:])
        },
        f"""
            王小明 性别=男 出生日期=2017-03-04 年级=一年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            李小兰 性别=女 出生日期=2016-11-20 身份证号={LAN} 年级=一年级 班级=1班
            李小兰·父亲 姓名=李·大山 手机=13800000003
            赵国强 性别=男 年级=一年级 班级=1班
            赵国强·父亲 姓名=赵开云
        """,
        doubts="""
            一年级1班!D2 号码按数字存了，后几位已经丢失
            一年级1班!C4 不是完整的日期（要有年、月、日）
            一年级1班!F4 不是手机号，也不是带区号的固定电话
        """,
    ),
    Layout(
        "a date that is a bare number in .xls",
        {
            "一年级1班": """
            学生姓名 | 出生日期
            王小明 | n:42798
            李小兰 | d:2016-11-20
        """
        },
        """
            王小明 年级=一年级 班级=1班
            李小兰 出生日期=2016-11-20 年级=一年级 班级=1班
        """,
        "xls",
        doubts="一年级1班!B2 日期存成了一个数",
    ),
    Layout(
        "merged cells down: a class, and a child with several guardians",
        {
            "Sheet1": """
            班级 | 学生姓名 | 性别 | 监护人姓名 | 监护人与学生关系 | 监护人电话
            三年级1班 | 王小明 | 男 | 王强 | 父亲 | 13800000001
             | | | 刘芳 | 母亲 | 13800000002
             | 李小兰 | 女 | 罗桂芳 | 奶奶 | 13800000003
        """
        },
        """
            王小明 性别=男 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            王小明·母亲 姓名=刘芳 手机=13800000002
            李小兰 性别=女 年级=三年级 班级=1班
            李小兰·祖母 姓名=罗桂芳 手机=13800000003
        """,
        merged={"Sheet1": ("A2:A4", "B2:B3", "C2:C3")},
    ),
    Layout(
        "one row a guardian, the child known by its number",
        {
            "Sheet1": f"""
            学生姓名 | 身份证号 | 班级 | 关系 | 姓名 | 电话
            王小明 | {MING} | 三年级1班 | 父亲 | 王强 | 13800000001
            王小明 | {MING} | 三年级1班 | 母亲 | 刘芳 | 13800000002
        """
        },
        f"""
            王小明 身份证号={MING} 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            王小明·母亲 姓名=刘芳 手机=13800000002
        """,
        "xlsxwriter",
    ),
    Layout(
        "one row a guardian, the child known by name and class only",
        {
            "Sheet1": """
            学生姓名 | 班级 | 关系 | 姓名 | 电话
            王小明 | 三年级1班 | 父亲 | 王强 | 13800000001
            王小明 | 三年级1班 | 母亲 | 刘芳 | 13800000002
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
        """,
        doubts="Sheet1!A3 只有姓名和班级对得上",
    ),
    Layout(
        "hidden rows, blank rows, a header once more, totals and notes",
        {
            "三年级1班": """
            姓名 | 性别 | 村组
            王小明 | 男 | 云岭村二组

            李小兰 | 女 | 青石村一组
            姓名 | 性别 | 村组
            赵国强 | 男 | 白水村三组
            小计 | 3 |
            注：本表一式两份 | |
        """
        },
        """
            王小明 性别=男 村组=云岭村二组 年级=三年级 班级=1班
            李小兰 性别=女 村组=青石村一组 年级=三年级 班级=1班
            赵国强 性别=男 村组=白水村三组 年级=三年级 班级=1班
        """,
        hidden=(2, 6),
    ),
    Layout(
        "the parents' numbers stand beside the child's",
        {
            "Sheet1": f"""
            姓名 | 身份证号 | 班级 | 父亲姓名 | 身份证号 | 电话
            王小明 | {MING} | 三(1)班 | 王强 | {FATHER} | 13800000001
            李小兰 | {FATHER} | 三(1)班 | 李大山 | | 13800000003
        """
        },
        f"""
            王小明 身份证号={MING} 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 手机=13800000001
            李小兰 年级=三年级 班级=1班
            李小兰·父亲 姓名=李大山 手机=13800000003
        """,
        doubts="Sheet1!B3 从年龄看，这不像小学生的身份证号",
        unmatched="身份证号?",
    ),
    Layout(
        "choices in other words, and one that nobody can know",
        {
            "三年级1班": """
            姓名 | 留守类别 | 是否住校 | 父亲 | 父亲文化程度 | 父亲是否外出务工 | 健康状况
            王小明 | 父母双方外出 | √ | 王强 | 本科 | 是 | 良好
            李小兰 | 父亲外出 | 走读 | 李大山 | 初中 | 在家 | 体弱
        """
        },
        """
            王小明 寄宿=是 留守类型=双方外出 年级=三年级 班级=1班
            王小明·父亲 姓名=王强 文化程度=大专及以上 是否外出=是
            李小兰 寄宿=否 年级=三年级 班级=1班
            李小兰·父亲 姓名=李大山 文化程度=初中 是否外出=否
        """,
        "ods",
        doubts="三年级1班!B3 不在可选的范围里",
        unmatched="健康状况?",
    ),
    Layout(
        "a list of carers beside parents who are the same people",
        {
            "三年级1班": """
            姓名 | 父亲姓名 | 母亲姓名 | 母亲电话 | 监护人姓名 | 监护人与学生关系 | 首选联系人
            王小明 | 王强 | 刘芳 | 13800000002 | 刘芳 | 母亲 | 刘芳
            李小兰 | 李大山 | 黄丽华 | | 罗桂芳 | 奶奶 |
            赵国强 | 赵开云 | | | 赵开云 | 祖父 |
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明·父亲 姓名=王强
            王小明·母亲 姓名=刘芳 手机=13800000002 首选联系人=是
            李小兰 年级=三年级 班级=1班
            李小兰·父亲 姓名=李大山
            李小兰·母亲 姓名=黄丽华
            李小兰·祖母 姓名=罗桂芳
            赵国强 年级=三年级 班级=1班
            赵国强·父亲 姓名=赵开云
        """,
        doubts="三年级1班!E4 和同一行的“父亲”对不上",
    ),
    Layout(
        "what is wrong with people and numbers stays out",
        {
            "三年级1班": f"""
            姓名 | 性别 | 出生日期 | 身份证号 | 父亲姓名 | 父亲电话
            王小明 | 女 | d:2017-03-04 | {MING} | 王强（已故） | 13800000001/13900000001
            李小兰 | 女 | d:2016-11-20 | {LAN[:17]}{"1" if LAN[17] != "1" else "2"} | 同上 | 同上
            转学 | 男 | | | |
        """
        },
        """
            王小明 出生日期=2017-03-04 年级=三年级 班级=1班
            李小兰 性别=女 出生日期=2016-11-20 年级=三年级 班级=1班
        """,
        doubts="""
            三年级1班!B2 “性别”和身份证号里的不一样
            三年级1班!E2 分不清哪个是姓名、关系、电话，或是谁的
            三年级1班!F2 有几个号码，不知道用哪一个
            三年级1班!D3 身份证号的校验位不对
            三年级1班!E3 分不清哪个是姓名、关系、电话，或是谁的
            三年级1班!F3 不是手机号，也不是带区号的固定电话
            三年级1班!A4 不像一个人的姓名
        """,
    ),
    Layout(
        "titles with marks, brackets and line breaks",
        {
            "Sheet1": """
            序号 | 姓名* | 性别（男/女） | 出生日期↵(年月日) | 联系电话（父亲） | 联系电话（母亲） | 家庭编号
            n:1 | 王小明 | 男 | 2017/03/04 | 13800000001 | 13800000002 | F01
        """
        },
        """
            王小明 性别=男 出生日期=2017-03-04
            王小明·父亲 手机=13800000001
            王小明·母亲 手机=13800000002
        """,
        unmatched="序号 家庭编号",
    ),
    Layout(
        "the class in the name of the file; a title that is only like one",
        {
            "Sheet1": """
            姓名 | 身份号码 | 父亲姓名
            王小明 | {MING} | 王强
        """.replace("{MING}", MING)
        },
        """
            王小明 年级=二年级 班级=3班
            王小明·父亲 姓名=王强
        """,
        unmatched="身份号码?",
        file="二（3）班留守儿童名册",
    ),
    Layout(
        "the title and the sheet tell of different classes",
        {
            "三年级2班": """
            三年级1班留守儿童花名册
            姓名 | 性别 | 家长姓名 | 家长电话
            王小明 | 男 | 王强 | 13800000001
        """
        },
        """
            王小明 性别=男
            王小明· 姓名=王强 手机=13800000001
        """,
        doubts="三年级2班!A2 标题、工作表名、文件名说的不是同一个班",
    ),
    Layout(
        "a workbook with a list of staff, and a list under a class in a line of its own",
        {
            "教职工": """
            姓名 | 性别 | 职务 | 任教班级 | 联系电话
            周正 | 男 | 校长 | 三年级1班 | 13800000099
        """,
            "学生": """
            学生姓名 | 性别 | 监护人电话
            三年级1班
            王小明 | 男 | 13800000001
            三年级2班
            李小兰 | 女 | 13800000002
        """,
        },
        """
            王小明 性别=男 年级=三年级 班级=1班
            李小兰 性别=女 年级=三年级 班级=2班
        """,
        "xls",
        doubts="""
            教职工!A1 认不出是不是学生的名册
            学生!C3 没有写是谁，也没有写关系
            学生!C5 没有写是谁，也没有写关系
        """,
    ),
    Layout(
        "formulas without a result and error values",
        {
            "三年级1班": """
            姓名 | 性别 | 出生日期
            王小明 | e:#N/A | d:2017-03-04
            李小兰 | 女 | f:=TODAY()
        """
        },
        """
            王小明 出生日期=2017-03-04 年级=三年级 班级=1班
            李小兰 性别=女 年级=三年级 班级=1班
        """,
        doubts="""
            三年级1班!B2 这一格是出错的公式，或公式没有结果
            三年级1班!C3 这一格是出错的公式，或公式没有结果
        """,
    ),
    Layout(
        "the same child on two sheets that differ",
        {
            "三年级1班": f"""
            姓名 | 身份证号 | 家庭住址 | 父亲姓名 | 父亲电话
            王小明 | {MING} | 云岭村二组 | 王强 | 13800000001
        """,
            "寄宿生": f"""
            学生姓名 | 身份证号 | 家庭住址 | 寄宿 | 父亲姓名 | 父亲电话
            王小明 | {MING} | 云岭村三组 | 是 | 王强 | 13800000009
        """,
        },
        f"""
            王小明 身份证号={MING} 年级=三年级 班级=1班 寄宿=是
            王小明·父亲 姓名=王强
        """,
        doubts="""
            寄宿生!C2 两处名册说的不一样，都没有导入
            寄宿生!F2 两处名册说的不一样，都没有导入
        """,
    ),
    Layout(
        "the county's form: its school and class in one cell, who works away beside the guardian",
        {
            "附件2": """
            附件2
            云山县农村留守儿童基本信息统计表
            填报单位（盖章）：云岭小学 | | | 填报人：黄老师 | | | 联系电话：0999-6221234
            序号 | 儿童姓名 | 就读学校及班级 | 父母外出情况 | | | 监护人情况 | | | | 备注
             | | | 外出方 | 务工地 | 联系电话 | 姓名 | 与儿童关系 | 身体状况 | 联系电话 |
            n:1 | 王小明 | 云岭小学三年级1班 | 父母双方 | 广东东莞 | 13800000001 | 陈秀英 | 祖母 | 良好 | 13800000002 |
            n:2 | 李小兰 | 云岭小学三年级(2)班 | 父亲 | 浙江 | | 黄丽华 | 母子 | 健康 | 13800000003 | 转入
            负责人签字： | | | | 填表日期： | 2026-9-1
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明·祖母 姓名=陈秀英 手机=13800000002 健康状况=健康
            李小兰 年级=三年级 班级=2班 备注=转入
            李小兰· 姓名=黄丽华 手机=13800000003 健康状况=健康
        """,
        merged={"附件2": ("A2:K2", "A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:J4", "K4:K5")},
        doubts="""
            附件2!F6 分不清哪个是姓名、关系、电话，或是谁的
            附件2!H7 不在可选的范围里
        """,
        unmatched="序号 父母外出情况/外出方 父母外出情况/务工地?",
    ),
    Layout(
        "remarks behind names and phones, a child that has left",
        {
            "三1班": """
            姓名 | 性别 | 年龄 | 爸爸姓名 | 爸爸电话 | 妈妈姓名 | 妈妈电话 | 住校/走读
            王小明 | 男 | n:9 | 王强 | 13800000001 微信同号 | 刘芳 | 13800000002 | 走读
            李小兰 | 女 | n:10 | 李大山（广东打工） | 13800000004 | 离异 | / | 住校
            赵国强(转走) | 男 | n:9 | 赵开云 | | | |
        """
        },
        """
            王小明 性别=男 年级=三年级 班级=1班
            王小明·父亲 姓名=王强
            王小明·母亲 姓名=刘芳 手机=13800000002
            李小兰 性别=女 年级=三年级 班级=1班
            李小兰·父亲 手机=13800000004
        """,
        "xls",
        doubts="""
            三1班!E2 不是手机号
            三1班!D3 分不清哪个是姓名、关系、电话，或是谁的
            三1班!F3 分不清哪个是姓名、关系、电话，或是谁的
            三1班!A4 不像一个人的姓名
        """,
        unmatched="年龄 住校/走读?",
    ),
    Layout(
        "a phone of the class teacher beside a parent's",
        {
            "Sheet1": """
            班级 | 学生姓名 | 家长姓名 | 关系 | 家长电话 | 班主任 | 联系电话
            三（1） | 王小明 | 王强 | 父子 | 13800000001 | 黄老师 | 13800000099
            三（1） | 赵国强 | 赵开云 | 爸爸 | 13800000006 | 黄老师 | 13800000099
        """
        },
        """
            王小明 年级=三年级 班级=1班
            王小明· 姓名=王强 手机=13800000001
            赵国强 年级=三年级 班级=1班
            赵国强·父亲 姓名=赵开云 手机=13800000006
        """,
        "xlsxwriter",
        doubts="Sheet1!D2 不在可选的范围里",
        unmatched="班主任 联系电话?",
    ),
)

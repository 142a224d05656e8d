"""Families I and S: the shape of the workbook."""

from __future__ import annotations

from xl_liushou.core.finding import ERROR, INFO, WARNING, Problem
from xl_liushou.rules.rule import Rule, worded
from xl_liushou.schema.nearest import Nearest


@worded(
    "S001", ERROR, "各表", "缺少工作表",
    why="缺了一张表，和它有关的检查、提醒和文书都做不出来，有的孩子就会被漏掉。",
    bad="工作簿里没有“监护人”工作表。",
    good="工作簿里有花名册、监护人、联系记录等全部工作表，暂时没有内容的表留空即可。",
    mend="从空白模板把这张表整表复制过来；如果表还在但改了名，请改回原来的名字。",
)  # fmt: skip
def missing_sheet(problem: Problem) -> str:
    """S001: a required sheet is missing."""
    return f"缺少工作表“{problem.sheet}”，请从空白模板把它复制过来，或把改了名的表改回“{problem.sheet}”"


@worded(
    "S002", ERROR, "各表", "缺少必填列",
    why="必填列是判断提醒、分班和写信的依据，缺了它，整列的检查都做不了。",
    bad="花名册里没有“风险等级”这一列。",
    good="每张表都保留模板里的必填列，列的先后可以调整，自己加的列也会保留。",
    mend="补上这一列；如果只是换了叫法，请改回提示里的列名。",
)  # fmt: skip
def missing_column(problem: Problem) -> str:
    """S002: a required column is missing; the likeliest existing title is named."""
    if problem.details.get("header"):
        return f"“{problem.sheet}”表里找不到标题行，请把模板里的列标题放在数据上方的同一行"
    likely = Nearest(problem.details["titles"])(problem.column or "")
    rename = f"；如果“{likely}”就是这一列，请把标题改成“{problem.column}”" if likely else ""
    return f"“{problem.sheet}”表缺少必填列“{problem.column}”，请补上这一列{rename}"


@worded(
    "S003", INFO, "各表", "程序不认识的列",
    why="学校自己加的列会原样保留，程序既不读也不改；如果它本该是模板里的列，改对标题后才会被检查。",
    bad="把“出生日期”写成了“出生”。",
    good="自己加的“鞋码”列，程序不动它。",
    mend="自己加的列不用管；如果是模板里的列，请把标题改对。",
)  # fmt: skip
def unknown_column(problem: Problem) -> str:
    """S003: a column the schema does not know."""
    return f"“{problem.value}”不是模板里的列，程序会原样保留、不读不改；如果写错了标题，请改正"


@worded(
    "S004", ERROR, "各表", "两列标题相同",
    why="两列同名时，程序无法知道哪一列算数，只读第一列，另一列里的内容会被忽略。",
    bad="监护人表里有两列“手机”。",
    good="一列“手机”，另一列改名“备用电话”。",
    mend="把不用的一列改名或删除。",
)  # fmt: skip
def repeated_title(problem: Problem) -> str:
    """S004: two columns with one title."""
    return f"“{problem.value}”这一列与前面的列重复，程序只读前面一列，请把这一列改名或删除"


@worded(
    "S005", WARNING, "各表", "数据在表格区域之外",
    why="表格下沿之外的行没有下拉选项和格式，筛选、排序时也容易被落下。",
    bad="把十行新名单直接粘贴在表格下面隔一行的地方。",
    good="新行紧接着表格最后一行，表格会自动变长。",
    mend="选中表格右下角的小三角往下拖，把这些行包进来。",
)  # fmt: skip
def outside_table(problem: Problem) -> str:
    """S005: a row of data below the Table's edge; it is read all the same."""
    return f"第{problem.row}行在表格区域之外，程序照样读取；请把表格右下角往下拖，把这一行包进来"


@worded(
    "S006", INFO, "各表", "数据中间有空行",
    why="空行会让筛选和排序只作用于一部分数据。",
    bad="第 12 行和第 14 行有数据，第 13 行是空的。",
    good="数据一行接一行。",
    mend="删除空行。",
)  # fmt: skip
def blank_rows(problem: Problem) -> str:
    """S006: blank rows between rows of data."""
    count = problem.details["rows"]
    return f"第{problem.row}行起有{count}行空行夹在数据中间，建议删除空行"


@worded(
    "S007", WARNING, "各表", "数据里有合并单元格",
    why="合并后只有左上角一格有值，其余各行读出来是空白，排序和筛选也会出错。",
    bad="把三个孩子的“年级”合并成一格“三年级”。",
    good="每一行都填写自己的“三年级”。",
    mend="取消合并，在每一行补上内容。",
)  # fmt: skip
def merged_cells(problem: Problem) -> str:
    """S007: merged cells among the data."""
    return f"{problem.cell}到{problem.details['to']}是合并单元格，只有左上角一格能读到，请取消合并并逐行填写"


@worded(
    "S008", ERROR, "各表", "单元格是错误值",
    why="#REF!、#N/A 等错误值说明公式断了，这一格的内容读不出来。",
    bad="出生日期显示 #REF!。",
    good="出生日期是 2016-03-02。",
    mend="改正公式，或直接填写内容。",
)  # fmt: skip
def error_value(problem: Problem) -> str:
    """S008: a cell holds an Excel error value."""
    return f"“{problem.column}”是错误值（如 #REF!、#N/A），读不出内容，请改正公式或直接填写"


@worded(
    "S009", WARNING, "各表", "公式还没有结果",
    why="公式从没被计算过，这一格的内容读不出来。",
    bad="由别的软件生成、没有计算过的公式。",
    good="用 Excel 打开并保存过的公式。",
    mend="用 Excel 或 WPS 打开工作簿，保存一次。",
)  # fmt: skip
def uncached_formula(problem: Problem) -> str:
    """S009: a formula without a cached value."""
    return f"“{problem.column}”的公式还没有结果，请用 Excel 或 WPS 打开工作簿保存一次"


@worded(
    "S010", WARNING, "各表", "远处的零星内容没有读取",
    why="在很远的地方误按一下空格，会让整张表变得又大又慢；程序只读正常区域，远处的内容不读，但要告诉您。",
    bad="A1048576 单元格里有一个空格。",
    good="数据之外没有零星内容。",
    mend="按 Ctrl+End 找到远处的单元格，删除那些行或列后保存。",
)  # fmt: skip
def far_cells(problem: Problem) -> str:
    """S010: cells far outside the data were not read."""
    count = problem.details["count"]
    return f"离数据很远的地方还有{count}个单元格（如 {problem.cell}），程序没有读取；如不需要，请删除后保存"


RULES: tuple[Rule, ...] = (
    missing_sheet,
    missing_column,
    unknown_column,
    repeated_title,
    outside_table,
    blank_rows,
    merged_cells,
    error_value,
    uncached_formula,
    far_cells,
)

"""Why an edit is refused: one stable reason and one Chinese sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xl_liushou.core.errors import PatchRefused

REASONS: Final[Mapping[str, str]] = {
    "signed": "工作簿带有数字签名，改动会使签名失效，没有写入。请先在 Excel 中移除签名，或另存一份再用。",
    "shared-workbook": "工作簿处于“共享工作簿（修订）”状态，没有写入。请在 Excel 的“审阅”中取消共享后再试。",
    "odd-zip": "工作簿文件的压缩结构不寻常，无法保证原样保存，没有写入。请用 Excel 或 WPS 另存一份再试。",
    "odd-sheet": "工作表“{sheet}”的内部写法不寻常，无法保证不损坏它，没有写入。请用 Excel 或 WPS 另存一份再试。",
    "odd-book": "工作簿的内部写法不寻常，无法保证不损坏它，没有写入。请用 Excel 或 WPS 另存一份再试。",
    "no-sheet": "工作簿里没有工作表“{sheet}”，没有写入。请检查工作表名称。",
    "which-table": "工作表“{sheet}”里有几个表格（或没有所指的表格），请指明写入哪一个。",
    "no-room": "工作表“{sheet}”的表格下方没有足够的空白行（{what}），没有写入。请把下面的内容移开后再试。",
    "totals-row": "工作表“{sheet}”的表格有汇总行（{what}），没有写入。请先在“表格设计”中关闭汇总行。",
    "external-table": "工作表“{sheet}”的表格连接着外部数据，刷新会冲掉新内容，没有写入。",
    "calculated-column": "工作表“{sheet}”的计算列公式（{what}）无法可靠地填到新行，没有写入。请手工添加这些行。",
    "too-wide": "工作表“{sheet}”：要写的列比表格多（{what}），没有写入。",
    "bad-cell": "“{what}”不是有效的单元格地址，没有写入。",
    "table-header": "工作表“{sheet}”的 {what} 是表格的标题行，程序不改标题，没有写入。",
    "merged": "工作表“{sheet}”的 {what} 在合并单元格中，没有写入。请先取消合并。",
    "pivot": "工作表“{sheet}”的 {what} 属于数据透视表，没有写入。",
    "formula-part": "工作表“{sheet}”的 {what} 是数组公式、共享公式或模拟运算表的一部分，没有写入。",
    "text-too-long": "工作表“{sheet}”的 {what} 要写的文字超过 32767 个字，Excel 放不下，没有写入。",
    "bad-value": "工作表“{sheet}”的 {what} 要写的值无法存入单元格（日期、数或字符不合规），没有写入。",
    "no-styles": "工作簿没有样式部件，日期等内容无法正确显示，没有写入。请用 Excel 或 WPS 另存一份再试。",
    "too-many-styles": "工作簿的单元格格式已达上限，没有写入。请在 Excel 中清理格式后再试。",
    "sheet-name": "“{sheet}”不能用作新工作表的名称（已存在、过长或含有非法字符），没有写入。",
    "structure-locked": "工作簿的结构受保护，不能新增工作表“{sheet}”。请在 Excel 的“审阅”中取消保护。",
}


def refuse(reason: str, sheet: str = "", what: str = "") -> PatchRefused:
    """Return the error to raise for this reason."""
    return PatchRefused(reason, REASONS[reason].format(sheet=sheet, what=what))

"""The master workbook as a file: every column of the schema in its place, and nothing that Excel would repair."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from tests.support.office import assert_office_file, convert, requires_libreoffice
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.build.master import master_workbook
from xl_liushou.core.table import Column, Table, letters
from xl_liushou.schema import lists, settings
from xl_liushou.schema.kinds import Choice, Date, Number, Several
from xl_liushou.schema.numbers import id_check_digit
from xl_liushou.schema.results import IN_ORDER, RESULTS, Result
from xl_liushou.schema.school import School, parse_workbook
from xl_liushou.schema.sheets import (
    LISTS_SHEET,
    SHEETS,
    Children,
    Contacts,
    Guardians,
    Intervals,
    SettingRows,
    TermFiles,
)

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "关爱台账.xlsx"
UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76,1"
DATA_TITLES = [table.title for table in SHEETS]
RESULT_TITLES = [table.title for table in RESULTS]
PLACED = [(table, place, column) for table in SHEETS for place, column in enumerate(table.columns, 1)]
COLUMNS = [pytest.param(*one, id=f"{one[0].title}.{one[2].title}") for one in PLACED]
CHOICES = [pytest.param(*one, id=f"{one[0].title}.{one[2].title}") for one in PLACED if isinstance(one[2], Choice)]
ID_NUMBER = "99000120150302001"
CHILD: dict[str, Any] = {
    "child_id": "YL2023001",
    "name": "张明",
    "id_number": ID_NUMBER + id_check_digit(ID_NUMBER),
    "birth_date": date(2015, 3, 2),
}


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return opened(master_workbook())


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read(path: Path, data: bytes) -> School:
    return parse_workbook(read_workbook(saved(path, data)))


def validations(book: Workbook, table: type[Table], place: int, row: int = 2) -> list[DataValidation]:
    cell = f"{letters(place)}{row}"
    return [one for one in book[table.title].data_validations.dataValidation if cell in one.sqref]


def test_the_committed_template_is_what_the_builder_makes() -> None:
    assert parts(TEMPLATE.read_bytes()) == parts(master_workbook())


def test_the_same_input_gives_the_same_bytes() -> None:
    rows: dict[type[Table], Any] = {Children: [CHILD]}
    assert master_workbook(rows, {"校长": "李校长"}) == master_workbook(rows, {"校长": "李校长"})
    assert master_workbook(rows) != master_workbook()


def test_zip_entries_carry_no_time_of_making() -> None:
    with zipfile.ZipFile(io.BytesIO(master_workbook())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_no_temporary_file_is_ever_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    assert master_workbook({Children: [CHILD]})


def test_excel_would_take_the_blank_and_the_filled_workbook(tmp_path: Path) -> None:
    assert_office_file(saved(tmp_path / "空白.xlsx", master_workbook()))
    rows: dict[type[Table], Any] = {
        Children: [CHILD, {**CHILD, "child_id": "YL2023002", "hardships": ("重病", "孤儿")}]
    }
    assert_office_file(saved(tmp_path / "两名.xlsx", master_workbook(rows)))


@requires_libreoffice
def test_libreoffice_shows_id_numbers_whole(tmp_path: Path) -> None:
    book = opened(master_workbook({Children: [CHILD]}))
    book.remove(book["首页"])
    book.save(tmp_path / "台账.xlsx")
    text = convert(tmp_path / "台账.xlsx", UTF_8, tmp_path).read_text(encoding="utf-8")
    assert CHILD["id_number"] in text
    assert "2015-03-02" in text


def test_the_sheets_stand_in_the_order_of_the_schema(blank: Workbook) -> None:
    assert blank.sheetnames == [*(table.title for table in IN_ORDER), LISTS_SHEET]
    assert [name for name in blank.sheetnames if name not in RESULT_TITLES] == [*DATA_TITLES, LISTS_SHEET]
    assert blank.sheetnames[0] == blank.active.title == "首页"  # type: ignore[union-attr]
    assert blank.sheetnames.index("待办") == blank.sheetnames.index("关爱物资") + 1


@pytest.mark.parametrize(("table", "place", "column"), COLUMNS)
def test_a_column_has_its_header_width_and_format(
    blank: Workbook, table: type[Table], place: int, column: Column[Any]
) -> None:
    sheet = blank[table.title]
    dimension = sheet.column_dimensions[letters(place)]
    assert sheet.cell(1, place).value == column.title
    assert sheet.cell(1, place).font.bold
    assert dimension.width == column.width
    assert dimension.number_format == column.number_format


@pytest.mark.parametrize(("table", "place", "column"), COLUMNS)
def test_a_column_has_one_validation_down_to_the_last_row(
    blank: Workbook, table: type[Table], place: int, column: Column[Any]
) -> None:
    (found,) = validations(blank, table, place, 9)
    assert len(validations(blank, table, place, 1_048_576)) == 1
    kinds = {Choice: "list", Date: "date", Number: "whole" if getattr(column, "whole", True) else "decimal"}
    assert found.type == kinds.get(type(column))
    assert len(found.prompt or "") <= 255
    assert len(found.promptTitle or "") <= 32
    if column.hint:
        assert found.showInputMessage
        assert column.hint in str(found.prompt)


@pytest.mark.parametrize(("table", "place", "column"), CHOICES)
def test_a_drop_down_offers_just_its_list(blank: Workbook, table: type[Table], place: int, column: Choice) -> None:
    formula = str(validations(blank, table, place)[0].formula1)
    sheet = blank[LISTS_SHEET]
    letter = formula.split("$")[1]
    offered = [cell.value for cell in sheet[letter]]
    choices = {**lists.CLOSED, **lists.OPEN}[column.of]
    assert offered[0] == column.of
    assert [value for value in offered[1:] if value] == list(choices)
    if column.of in lists.CLOSED:
        assert formula == f"字典!${letter}$2:${letter}${len(choices) + 1}"
    else:
        assert formula == f"OFFSET(字典!${letter}$2,0,0,MAX(1,COUNTA(字典!${letter}$2:${letter}$1000)),1)"


def test_a_column_of_several_is_not_forced_into_one(blank: Workbook) -> None:
    several = [one for one in PLACED if isinstance(one[2], Several)]
    assert several
    for table, place, column in several:
        (found,) = validations(blank, table, place)
        assert found.type is None
        assert isinstance(column, Several)
        assert not column.of or {**lists.CLOSED, **lists.OPEN}[column.of][0] in str(found.prompt)


@pytest.mark.parametrize("title", [*DATA_TITLES, *RESULT_TITLES[1:], LISTS_SHEET])
def test_each_sheet_is_one_table_with_its_name(blank: Workbook, title: str) -> None:
    sheet = blank[title]
    (table,) = sheet.tables.values()
    assert table.name == table.displayName == title
    assert table.column_names == [cell.value for cell in sheet[1]]
    assert table.ref == f"A1:{letters(sheet.max_column)}{max(sheet.max_row, 2)}"
    assert sheet.freeze_panes
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.tabColor is not None


@pytest.mark.parametrize("table", RESULTS[1:], ids=lambda table: table.title)
def test_a_sheet_of_results_waits_with_its_titles_and_tones(blank: Workbook, table: type[Result]) -> None:
    sheet = blank[table.title]
    assert [cell.value for cell in sheet[1]] == [column.title for column in table.columns]
    last, toned = letters(len(table.columns)), letters(table.toned_by)
    found = {str(rule.formula[0]): rule for rule in rules_of(sheet, f"A2:{last}1048576")}
    for word, tone in table.tones.items():
        style = found[f'LEFT(${toned}2,{len(word)})="{word}"'].dxf
        assert style.fill.bgColor.rgb == f"FF{tone.fill}"
        assert bool(style.font and style.font.b) == tone.bold
    assert len(found) == len(table.tones)
    assert [one.prompt for one in sheet.data_validations.dataValidation] == [table.hint]


def rules_of(sheet: Any, area: str) -> list[Any]:
    return [rule for one in sheet.conditional_formatting if str(one.sqref) == area for rule in one.rules]


def test_a_name_that_repeats_the_one_above_steps_back(blank: Workbook) -> None:
    (rule,) = rules_of(blank["待办"], "A2:A1048576")
    assert rule.formula == ["$A2=$A1"]
    assert rule.dxf.font.color.rgb == "FF9A9A9A"
    assert rule.dxf.fill is None


def test_the_first_page_has_the_school_s_name_the_way_in_and_room_for_what_was_done(blank: Workbook) -> None:
    sheet = blank["首页"]
    assert "学校名称" in str(sheet["A1"].value)
    links = {cell.value: cell.hyperlink.location for (cell,) in sheet["A1:A12"] if cell.hyperlink}
    assert links == {title: f"'{title}'!A1" for title in links}
    assert {"设置", "花名册", "校验结果", "待办"} <= set(links) <= set(blank.sheetnames)
    (table,) = sheet.tables.values()
    top = int(table.ref[1:3])
    assert table.column_names == [cell.value for cell in sheet[top]] == ["项目", "时间", "结果"]
    assert sheet.max_row == top
    assert not sheet.sheet_view.showGridLines


@requires_libreoffice
@pytest.mark.parametrize(("name", "shown"), [("云岭希望小学", "云岭希望小学"), ("", "关爱台账")])
def test_the_first_page_shows_the_name_that_settings_say_now(tmp_path: Path, name: str, shown: str) -> None:
    path = saved(tmp_path / "台账.xlsx", master_workbook(settings={"学校名称": name}))
    assert convert(path, UTF_8, tmp_path).read_text(encoding="utf-8").startswith(f'"{shown}",')


def test_required_headers_look_different(blank: Workbook) -> None:
    fills = {column.required: blank[table.title].cell(1, place).fill.start_color.rgb for table, place, column in PLACED}
    assert fills[True] != fills[False]


def test_text_like_a_formula_stays_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.com")'
    data = master_workbook({Children: [{**CHILD, "note": evil, "home_address": "#N/A"}]})
    cells = [cell for row in opened(data)["花名册"].iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells if cell.value in (evil, "#N/A")} == {"s"}
    assert b"<f>" not in parts(data)["xl/worksheets/sheet2.xml"]
    assert read(tmp_path / "a.xlsx", data)[Children].home_address == ["#N/A"]


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    contact = {"contact_id": "L0001", "child_id": "YL2023001", "topics": ["学习", "亲情"], "day": date(2026, 9, 3)}
    school = read(
        tmp_path / "a.xlsx", master_workbook({Children: [CHILD, {**CHILD, "child_id": "S2"}], Contacts: [contact]})
    )
    assert school[Children].child_id == ["YL2023001", "S2"]
    assert school[Children].birth_date == [date(2015, 3, 2)] * 2
    assert school[Contacts].topics == [("学习", "亲情")]
    assert school[Contacts].day == [date(2026, 9, 3)]
    assert not {problem.code for problem in school.problems} - {"I000", "C101", "C117"}


def test_rows_are_as_high_as_their_text() -> None:
    note = "爱读书，" * 30
    sheet = opened(master_workbook({TermFiles: [{"child_id": "S1", "study_note": note}, {"child_id": "S2"}]}))["档案"]
    assert sheet.row_dimensions[2].height > 60
    assert sheet.row_dimensions[3].height is None


def test_the_blank_workbook_knows_the_usual_intervals(tmp_path: Path) -> None:
    school = read(tmp_path / "a.xlsx", master_workbook())
    table = school[Intervals]
    found = dict(zip(zip(table.kind, table.risk, strict=True), table.days, strict=True))
    assert found["谈心", "低"] == 7
    assert found["通话", "中"] == 14
    assert found["谈心", "高"] == 3
    assert not {problem.code for problem in school.problems} - {"I000"}


def test_own_intervals_take_the_place_of_the_usual(tmp_path: Path) -> None:
    data = master_workbook({Intervals: [{"kind": "谈心", "risk": "高", "days": 5}]})
    assert read(tmp_path / "a.xlsx", data)[Intervals].days == [5]


def test_the_settings_are_complete_and_given_values_win(tmp_path: Path) -> None:
    school = read(tmp_path / "a.xlsx", master_workbook(settings={"学校名称": "云岭希望小学"}))
    assert list(school[SettingRows].item) == list(settings.FIRST_VALUES)
    assert school.settings["学校名称"] == "云岭希望小学"
    assert school.settings["SMTP端口"] == 465


@pytest.mark.parametrize(("item", "choices"), [("SMTP加密", "SSL,STARTTLS,无"), ("附件密码", "是,否")])
def test_a_setting_with_choices_has_a_drop_down(blank: Workbook, item: str, choices: str) -> None:
    row = next(cell.row for cell in blank["设置"]["A"] if cell.value == item)
    assert [one.formula1 for one in validations(blank, SettingRows, 2, row) if one.type == "list"] == [f'"{choices}"']


def test_an_unknown_setting_or_column_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="校花"):
        master_workbook(settings={"校花": "x"})
    with pytest.raises(KeyError, match="nickname"):
        master_workbook({Guardians: [{"nickname": "x"}]})

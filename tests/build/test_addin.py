"""The add-in as a file: the same bytes every time, every module as in its source, a package that Office takes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.macros.sources import MACROS, RIBBON, vba_files
from tests.support.commands import program
from tests.support.office import assert_office_file, audit_problems, opens_in_libreoffice, requires_libreoffice
from tests.support.package import Package
from tests.support.samples import patched
from tests.support.vba_readers import modules, streams
from xl_liushou.adapters.xlwings_files import xlwings_modules
from xl_liushou.build.addin import ADDIN_NAME, WORDS, addin, older_ribbon

EXTENSIBILITY = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("加载 项")
    made = program("addin", "build", "--out", folder, "--json")
    assert made.code == 0, made.err
    assert made.json["files"] == [str(folder / "xl_liushou.xlam")]
    return folder / "xl_liushou.xlam"


@pytest.fixture(scope="module")
def package(built: Path) -> Package:
    return Package(built)


def test_two_builds_are_byte_equal(built: Path, tmp_path: Path) -> None:
    again = program("addin", "build", "--out", tmp_path, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"})
    assert again.code == 0, again.err
    assert (tmp_path / built.name).read_bytes() == built.read_bytes()


def test_a_file_that_is_there_is_left_alone(built: Path) -> None:
    before = built.read_bytes()
    again = program("addin", "build", "--out", built.parent)
    assert again.code == 2
    assert "已经存在" in again.err
    assert built.read_bytes() == before


def test_every_module_is_exactly_its_source(package: Package) -> None:
    found = modules(package.parts["xl/vbaProject.bin"])
    for path in vba_files():
        assert found.pop(path.stem) == path.read_bytes().decode("ascii")
    runner, dictionary = (source.decode("ascii") for source in xlwings_modules())
    assert found.pop("xlwings") == runner.replace('"myaddin"', f'"{ADDIN_NAME}"')
    assert found.pop("Dictionary").endswith(dictionary.partition("Attribute VB_Exposed = True\r\n")[2])
    assert set(found) == {"ThisWorkbook", "Sheet1"}
    assert all(line.startswith("Attribute ") for text in found.values() for line in text.splitlines())


def test_the_notices_of_others_stay(package: Package) -> None:
    found = modules(package.parts["xl/vbaProject.bin"])
    assert "BSD 3-clause" in found["xlwings"]
    assert "Tim Hall" in found["Dictionary"]


def test_the_project_s_container_has_no_defect(package: Package) -> None:
    assert "VBA/LiushouRibbon" in streams(package.parts["xl/vbaProject.bin"])


def test_the_package_is_sound(built: Path) -> None:
    assert_office_file(built)


@pytest.mark.parametrize("part", ["customUI/customUI.xml", "customUI/customUI14.xml"])
@pytest.mark.parametrize(
    ("old", "new"), [('size="large"', 'size="huge"'), ("menuSeparator", "separators"), ('="fix"', '="1"')]
)
def test_the_audit_judges_the_ribbons_too(built: Path, tmp_path: Path, part: str, old: str, new: str) -> None:
    copy = tmp_path / built.name
    copy.write_bytes(built.read_bytes())
    assert any(part in problem for problem in audit_problems(patched(copy, part, old, new)))


@requires_libreoffice
def test_libreoffice_opens_it(built: Path) -> None:
    opens_in_libreoffice(built)


def test_each_ribbon_has_the_relationship_that_its_office_looks_for(package: Package) -> None:
    links = {link.get("Type"): link.get("Target") for link in package.xml("_rels/.rels")}
    assert links[EXTENSIBILITY.format(2007)] == "customUI/customUI14.xml"
    assert links[EXTENSIBILITY.format(2006)] == "customUI/customUI.xml"
    assert package.parts["customUI/customUI14.xml"] == RIBBON.read_bytes()
    assert package.parts["customUI/customUI.xml"] == older_ribbon(RIBBON.read_bytes())


def test_the_project_belongs_to_the_workbook(package: Package) -> None:
    assert package.related("xl/workbook.xml", "vbaProject") == ["xl/vbaProject.bin"]
    assert package.content_type("xl/vbaProject.bin") == "application/vnd.ms-office.vbaProject"
    book = package.xml("xl/workbook.xml").find("{*}workbookPr")
    sheet = package.xml("xl/worksheets/sheet1.xml").find("{*}sheetPr")
    assert book is not None
    assert sheet is not None
    assert (book.get("codeName"), sheet.get("codeName")) == ("ThisWorkbook", "Sheet1")


def test_the_words_stand_in_the_sheet_for_every_key_that_vba_uses(package: Package) -> None:
    code = "".join(path.read_text(encoding="ascii") for path in vba_files())
    assert set(re.findall(r'(?:Tell|Worded\() ?"(\w+)"', code)) == set(WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(_as_xlsx(package))).worksheets[0]
    assert {str(key): words for key, words in sheet.iter_rows(values_only=True)} == WORDS


def test_the_older_ribbon_differs_in_what_the_older_office_does_not_know() -> None:
    old, new = etree.fromstring(older_ribbon(RIBBON.read_bytes())), etree.fromstring(RIBBON.read_bytes())
    assert old.tag == "{http://schemas.microsoft.com/office/2006/01/customui}customUI"
    assert [etree.QName(child).localname for child in old] == ["ribbon"]
    tabs = [[(etree.QName(one).localname, dict(one.attrib)) for one in root[0].iter("*")] for root in (old, new)]
    assert tabs[0] == tabs[1]


def test_an_xlwings_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="xlwings"):
        addin(RIBBON.read_bytes(), [], [b'Attribute VB_Name = "xlwings"\r\n'])


def test_building_imports_no_xlwings() -> None:
    code = (
        "import sys, tempfile\nfrom pathlib import Path\nfrom xl_liushou.app.addin import build_addin\n"
        "build_addin(Path(tempfile.mkdtemp()))\nsys.exit('xlwings' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=MACROS.parent, timeout=120).returncode == 0


def _as_xlsx(package: Package) -> bytes:
    """The package as openpyxl reads it, which knows no .xlam."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in package.parts.items():
            archive.writestr(name, data.replace(b"ms-excel.addin.", b"ms-excel.sheet."))
    return written.getvalue()

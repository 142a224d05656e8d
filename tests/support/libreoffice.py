"""A real LibreOffice as the second reader of every file: converting, page texts, page pictures."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree

TIMEOUT_SECONDS = 120
_SAME_LINE = 2.0
_TOOLS = ("pdftotext", "pdftoppm")
_SPREADSHEETS = {".xlsx", ".xlsm", ".xlam"}
# LibreOffice does not know the extension .xlam, but it reads the file when told what it is.
_INPUT_FILTERS = {".xlam": ["--infilter=Calc MS Excel 2007 VBA XML"]}


def libreoffice() -> Path | None:
    """Return the path of soffice, None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None


def missing_tools() -> list[str]:
    """Return the names of the programs these helpers need and the machine lacks."""
    missing = [] if libreoffice() else ["soffice (LibreOffice)"]
    return missing + [f"{tool} (poppler-utils)" for tool in _TOOLS if not shutil.which(tool)]


def may_skip() -> bool:
    """Tell whether tests may be skipped: something is missing, and this is no CI run, where that is a failure."""
    return bool(missing_tools()) and not in_ci()


def in_ci() -> bool:
    """Tell whether this is a CI run."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


requires_libreoffice = pytest.mark.skipif(may_skip(), reason=f"not installed: {', '.join(missing_tools())}")


@functools.cache
def profile() -> Path:
    """Return the LibreOffice profile of this process (one per xdist worker), removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="test-office-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def convert(path: Path, to: str, out_dir: Path) -> Path:
    """Convert a file with LibreOffice to `to` ('pdf', 'csv', 'xlsx', or 'csv:<filter>:<options>').

    Returns the new file in out_dir. Fails the test when LibreOffice is missing, takes over 120 s or yields nothing.
    """
    target = out_dir / f"{path.stem}.{to.split(':', 1)[0]}"
    if target.resolve() == path.resolve():
        raise ValueError(f"converting {path} would overwrite it: give another out_dir")
    out_dir.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    reading = _INPUT_FILTERS.get(path.suffix.lower(), [])
    said = _run([*_soffice(), *reading, "--convert-to", to, "--outdir", str(out_dir), str(path)])
    if not target.is_file() or target.stat().st_size == 0:
        raise AssertionError(f"LibreOffice made no {target.name} from {path}: {said.strip() or 'it said nothing'}")
    return target


def opens_in_libreoffice(path: Path) -> None:
    """Assert that LibreOffice opens the file and can write it again."""
    to = "xlsx" if path.suffix.lower() in _SPREADSHEETS else "pdf"
    with tempfile.TemporaryDirectory(prefix="test-office-") as folder:
        convert(path, to, Path(folder))


def text_of_protected(path: Path, password: str, out_dir: Path) -> str:
    """Open a workbook with its password and return its first sheet as CSV; fails the test when it does not open."""
    target = out_dir / f"{path.stem}.csv"
    _resave(path, target, {"Password": password}, {"FilterName": _CSV, "FilterOptions": "44,34,76"})
    return target.read_text(encoding="utf-8")


def protected_by_libreoffice(path: Path, password: str, target: Path) -> None:
    """Have LibreOffice save a workbook with a password to open."""
    _resave(path, target, {}, {"FilterName": "Calc MS Excel 2007 XML", "Password": password})


def _resave(path: Path, target: Path, reading: dict[str, str], writing: dict[str, str]) -> None:
    """Open and save a file by a Basic macro in the profile, since no option of soffice takes a password."""
    folder = profile() / "user" / "basic" / "Standard"
    if not folder.is_dir():
        _run([*_soffice(), "--terminate_after_init"])  # the first start would lay its own library over ours
    lines = [
        "On Error Resume Next",  # an error would wait for somebody to close its window
        "Dim found As Object",
        *_properties("reading", {"Hidden": "", **reading}),
        *_properties("writing", writing),
        f'found = StarDesktop.loadComponentFromURL(ConvertToURL({_basic(path)}), "_blank", 0, reading())',
        f"found.storeToURL(ConvertToURL({_basic(target)}), writing())",
        "found.close(True)",
    ]
    macro = "\n".join(("Sub Saved", *lines, "End Sub", ""))
    (folder / "Saving.xba").write_text(_MODULE.format(escape(macro)), encoding="utf-8")
    (folder / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    _run([*_soffice(), "macro:///Standard.Saving.Saved"])


def _properties(name: str, values: dict[str, str]) -> Iterator[str]:
    yield f"Dim {name}({len(values) - 1}) As New com.sun.star.beans.PropertyValue"
    for number, (key, value) in enumerate(values.items()):
        yield f'{name}({number}).Name = "{key}"'
        yield f"{name}({number}).Value = {_basic(value) if value else True}"


def _basic(value: object) -> str:
    """A text as Basic writes it."""
    quoted = str(value).replace('"', '""')
    return f'"{quoted}"'


_CSV = "Text - txt - csv (StarCalc)"
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Saving" '
    'script:language="StarBasic">{}</script:module>\n'
)
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Saving"/>'
    "</library:library>\n"
)


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page as printed; a file that is no PDF goes through LibreOffice first."""
    with _as_pdf(path) as pdf:
        text = _run(["pdftotext", "-layout", "-enc", "UTF-8", str(pdf), "-"])
    return text.removesuffix("\f").split("\f")


@dataclass(frozen=True)
class LineBox:
    """A printed line: its text, and its edges in points from the left and the top of the page."""

    text: str
    left: float
    right: float
    top: float


def line_boxes(path: Path) -> list[list[LineBox]]:
    """The lines of each page as printed, from top to bottom; pieces of one line are joined."""
    with _as_pdf(path) as pdf:
        told = _run(["pdftotext", "-bbox-layout", "-enc", "UTF-8", str(pdf), "-"])
    pages = etree.fromstring(told.encode("utf-8")).iter("{*}page")
    return [
        _joined(sorted(map(_line_box, page.iter("{*}line")), key=lambda box: (box.top, box.left))) for page in pages
    ]


def _line_box(line: etree._Element) -> LineBox:
    text = "".join(word.text or "" for word in line.iter("{*}word"))
    return LineBox(text, *(float(line.get(edge, "")) for edge in ("xMin", "xMax", "yMin")))


def _joined(boxes: list[LineBox]) -> list[LineBox]:
    """Pieces that begin within two points of height of one another are one line."""
    lines: list[LineBox] = []
    for box in boxes:
        if lines and box.top - lines[-1].top < _SAME_LINE:
            last = lines.pop()
            box = LineBox(last.text + box.text, min(last.left, box.left), max(last.right, box.right), last.top)
        lines.append(box)
    return lines


def page_images(path: Path, out_dir: Path, dpi: int = 60) -> list[Path]:
    """Draw each page as a PNG in out_dir, in the order of the pages."""
    out_dir.mkdir(parents=True, exist_ok=True)
    with _as_pdf(path) as pdf:
        _run(["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(out_dir / path.stem)])
    return sorted(out_dir.glob(f"{path.stem}-*.png"), key=lambda image: int(image.stem.rsplit("-", 1)[1]))


@contextlib.contextmanager
def _as_pdf(path: Path) -> Iterator[Path]:
    if path.suffix.lower() == ".pdf":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="test-office-") as folder:
        yield convert(path, "pdf", Path(folder))


def _soffice() -> list[str]:
    program = libreoffice()
    if program is None:
        raise AssertionError("LibreOffice is not installed, so this file cannot be tested (soffice is not on PATH)")
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
    return [str(program), f"-env:UserInstallation={profile().as_uri()}", *options]


def _run(command: list[str]) -> str:
    """Return what the program printed; on a timeout its whole process group is ended, and the test fails."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, encoding="utf-8"
    ) as process:
        try:
            printed, complaint = process.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(f"no answer within {TIMEOUT_SECONDS} s: {' '.join(command)}") from None
    if process.returncode:
        raise AssertionError(f"{command[0]} ended with {process.returncode}: {complaint.strip() or printed.strip()}")
    return printed if command[0] in _TOOLS else printed + complaint

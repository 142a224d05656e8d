"""Word papers as PDF and as a picture of their first page, by LibreOffice or, on Windows, by Word.

Papers are copied under plain numbers into a private folder, in which the other program also keeps its
profile and temporary files; the copies name no author, and no title says more than a family may read.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from xl_liushou.core.errors import NoPdfProgram
from xl_liushou.core.steady_zip import steady_zip

_AT_ONCE: Final = 50
"""Papers for one start of the program: it starts in seconds, and must not be lost with all of them."""
_PATIENCE: Final = 120
"""Seconds for a start, and for each 100 KB of Word files: LibreOffice takes 6 for 100 KB of joined letters."""
_USUAL_PLACES: Final = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_NO_PROGRAM: Final = (
    "这台电脑上没有能转 PDF 的程序，PDF 没有做；Word 文书不受影响。请装上 LibreOffice（免费）或 Word 再试，"
    "也可以在 Word 或 WPS 里打开文书，另存为 PDF。"
)
_PROPERTIES: Final = "docProps/core.xml"
_BODY: Final = "word/document.xml"
_COMMENTS: Final = "word/comments.xml"
_COMMENT_MARK = re.compile(rb"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>")
_PRIVATE_WORD: Final = "留守"
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PACKED = re.compile(rb"/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)
_BY_WORD: Final = r"""
$word = New-Object -ComObject Word.Application
$word.DisplayAlerts = 0
$word.AutomationSecurity = 3
try {
  foreach ($paper in Get-ChildItem -LiteralPath $args[0] -Filter *.docx) {
    $pdf = [IO.Path]::ChangeExtension($paper.FullName, 'pdf')
    try {
      $opened = $word.Documents.Open($paper.FullName, $false, $true, $false)
      $opened.ExportAsFixedFormat($pdf, 17, $false, 0, 0, 1, 1, 0, $false)
      $opened.Close(0)
    } catch { }
  }
} finally { $word.Quit(0) }
"""


def pdfs(papers: Sequence[Path], work: Path) -> Iterator[tuple[Path, bytes | None]]:
    """Each paper with its PDF, None where none came of it; raises NoPdfProgram at once if there is no program."""
    command = _word(work) or _libreoffice(work, "pdf")
    waiting = iter(papers)
    while batch := list(islice(waiting, _AT_ONCE)):
        copies = [work / f"{number:04}.docx" for number in range(1, len(batch) + 1)]
        for paper, copy in zip(batch, copies, strict=True):
            copy.write_bytes(_for_pdf(paper.read_bytes()))
        size = sum(copy.stat().st_size for copy in copies)
        _run([*command, *(copy.name for copy in copies)], work, _PATIENCE * (1 + size / 100_000))
        for paper, copy in zip(batch, copies, strict=True):
            data = _taken(copy.with_suffix(".pdf"))
            copy.unlink()
            yield paper, data if data and has_pages(data) else None


def picture(paper: bytes, work: Path) -> bytes | None:
    """The first page of a paper as PNG; None where none came of it; NoPdfProgram without LibreOffice.

    LibreOffice draws pages only where its Draw is installed, which Linux often leaves out: there poppler does it.
    """
    painter = shutil.which("pdftoppm")
    copy = work / "page.docx"
    copy.write_bytes(_for_pdf(paper))
    _run([*_libreoffice(work, "pdf" if painter else "png"), copy.name], work, _PATIENCE)
    if painter and copy.with_suffix(".pdf").exists():
        _run([painter, "-png", "-r", "96", "-singlefile", "page.pdf", "page"], work, _PATIENCE)
    return _taken(copy.with_suffix(".png"))


def has_pages(pdf: bytes) -> bool:
    """Whether a PDF has at least one page, plain or in a packed stream."""
    if not pdf.startswith(b"%PDF-"):
        return False
    return bool(_PAGE.search(pdf)) or any(_PAGE.search(_unpacked(one)) for one in _PACKED.findall(pdf))


def _unpacked(stream: bytes) -> bytes:
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj().decompress(stream)
    return b""


def _taken(path: Path) -> bytes | None:
    """The content of a file that may not have come to be; the file is removed."""
    with contextlib.suppress(FileNotFoundError):
        data = path.read_bytes()
        path.unlink()
        return data
    return None


def maker_name() -> str:
    """The program that would make PDFs here, "" where there is none."""
    return _office() or ("Word" if _has_word() else "")


def _office() -> str | None:
    """LibreOffice, where it is installed."""
    known = (shutil.which("soffice"), shutil.which("libreoffice"), *_USUAL_PLACES)
    return next((str(one) for one in known if one and Path(one).is_file()), None)


def _libreoffice(work: Path, form: str) -> list[str]:
    """The command that turns files into this form; they follow it."""
    program = _office()
    if program is None:
        raise NoPdfProgram(_NO_PROGRAM)
    profile = (work / "profile").absolute().as_uri()
    quiet = ("--headless", "--norestore", "--nolockcheck")
    return [program, f"-env:UserInstallation={profile}", *quiet, "--convert-to", form, "--outdir", "."]


def _word(work: Path) -> list[str]:
    """The command that turns all papers of a folder into PDF by Word; none where there is no Word."""
    if not _has_word():
        return []
    script = work / "by-word.ps1"
    script.write_text(_BY_WORD, encoding="utf-8-sig")
    return [
        "powershell",
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Bypass",
        "-File",
        str(script),
        str(work),
    ]


def _has_word() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID").Close()
    except OSError:
        return False
    return True


def _run(command: Sequence[str], work: Path, patience: float) -> None:
    """Runs a program in the folder; one that takes too long is ended with all that it started."""
    running = subprocess.Popen(
        command,
        cwd=work,
        env=_surroundings(work),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(patience)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if running.poll() is None:
            _end(running)


def _surroundings(work: Path) -> dict[str, str]:
    """The environment of the program: temporary files lie in the folder, and names may be Chinese.

    In a locale without UTF-8 LibreOffice on Linux finds no file whose path has Chinese in it, and hangs.
    """
    places = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(work.absolute()))
    spoken = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(name))), "")
    plain = sys.platform == "linux" and "utf" not in spoken.lower()
    return {**os.environ, **places, **({"LC_ALL": "C.UTF-8"} if plain else {})}


def _end(running: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(running.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _for_pdf(paper: bytes) -> bytes:
    """A paper whose properties name nobody, whose title may leave the school, and which has no comments.

    A PDF shows no comments; LibreOffice 7.4 puts footnotes of a paper that has some under the wrong text.
    """
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _PROPERTIES in parts:
        parts[_PROPERTIES] = _discreet(parts[_PROPERTIES])
    if _COMMENTS in parts:
        parts[_BODY] = _COMMENT_MARK.sub(b"", parts[_BODY])
    return steady_zip(parts.items())


def _discreet(properties: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(properties, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter("{*}creator", "{*}lastModifiedBy"):
        element.text = None
    for element in root.iter("{*}title", "{*}subject", "{*}keywords", "{*}description"):
        element.text = (element.text or "").replace(_PRIVATE_WORD, "")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data

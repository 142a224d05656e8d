"""Open an Office file as what it is, a zip of parts, within bounds that no bomb passes.

The bytes of the file are read once; everything else works on that copy, so a program that saves
the workbook meanwhile cannot give us two halves. Nothing is ever written.
"""

from __future__ import annotations

import errno
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from xl_liushou.adapters.protection import is_protected
from xl_liushou.core.compound_file import MAGIC
from xl_liushou.core.errors import HostileInput, PasswordNeeded, UnusableInput

MAX_FILE = 256 << 20
"""Bytes of the whole file."""
MAX_ENTRIES = 10_000
"""Parts in one file."""
MAX_PART = 512 << 20
"""Inflated bytes of one part; 200,000 rows x 25 columns are about 150 MB."""
MAX_SMALL_PART = 16 << 20
"""Inflated bytes of a part that is read whole (lists of sheets, relationships, Tables)."""
MAX_RATIO = 100
"""Inflated to packed, as Apache POI's ZipSecureFile bounds it; real sheets reach 15 to 40."""
RATIO_FLOOR = 4 << 20
"""Up to this size a part may be packed as tightly as it likes: short repetitive sheets are."""
MAX_INFLATED = 768 << 20
"""Inflated bytes of all parts together; 10,000 children with 200,000 full records are about 450 MB."""
INFLATED_FLOOR = 16 << 20
"""All parts together may always have so many; above it `MAX_RATIO` bounds them against the whole file."""
MAX_ELEMENTS = 300_000
"""XML elements in all parts that are read whole, together; a sheet has at most 65,530 links."""
CHUNK = 1 << 18

_DEFLATED, _STORED = 8, 0
_SAVE_AS = "请用 Excel 或 WPS 打开它，“另存为”.xlsx 工作簿后再试。"


def read_bytes(path: Path) -> bytes:
    """The bytes of the file, read once.

    Raises UnusableInput when there is no such file, it is a folder, empty, or cannot be read, also
    when another program keeps it to itself (Excel on Windows does); HostileInput over `MAX_FILE`.
    """
    try:
        if path.is_dir():
            raise UnusableInput(f"“{path.name}”是一个文件夹，请指定其中的 .xlsx 或 .xlsm 文件。")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise UnusableInput(f"找不到文件“{path.name}”，请检查文件名和所在文件夹。") from None
    except PermissionError:
        raise UnusableInput(
            f"“{path.name}”暂时读不了：可能正被 Excel 或 WPS 占用，或没有读取权限。"
            "请保存并关闭它，或稍等片刻，然后再试。"
        ) from None
    except (OSError, ValueError) as problem:
        if isinstance(problem, ValueError) or problem.errno == errno.ENAMETOOLONG:
            raise UnusableInput("文件名太长或含有不能用的字符，打不开。请检查文件名，改短后再试。") from None
        raise UnusableInput(f"读取“{path.name}”时出错，请检查磁盘或网络，或把文件复制到本机后再试。") from None
    if not data:
        raise UnusableInput(f"“{path.name}”是空文件，里面没有内容。请换用完好的工作簿或备份。")
    if len(data) > MAX_FILE:
        raise HostileInput(f"“{path.name}”超过 {MAX_FILE >> 20} MB，不像一本台账，没有打开。请拆分或精简后再试。")
    return data


class Package:
    """The parts of one Office file by name; names are compared without case, as Excel does.

    Raises PasswordNeeded for an encrypted file, UnusableInput for what is no intact zip,
    HostileInput for too many parts or too many inflated bytes in all.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError):
            raise _not_a_zip(data, name) from None
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise HostileInput(f"“{name}”里的部件多得不正常，没有打开。请用 Excel 或 WPS 另存一份再试。")
        most = min(MAX_INFLATED, max(INFLATED_FLOOR, MAX_RATIO * len(data)))
        if sum(info.file_size for info in entries) > most:  # `stream` lets no part be longer than it says
            raise self.hostile()
        self.elements_left = MAX_ELEMENTS
        self._infos = {part_key(info.filename): info for info in entries}
        if len(self._infos) != len(entries):
            raise self.broken()

    def broken(self) -> UnusableInput:
        """The error to raise when the file is damaged."""
        return _broken(self.name)

    def hostile(self) -> HostileInput:
        """The error to raise when the file would harm this machine."""
        return HostileInput(
            f"“{self.name}”的内部结构异常（展开后过大或含有危险声明），没有打开。"
            "请确认它的来源，并用 Excel 或 WPS 另存一份再试。"
        )

    def names(self) -> set[str]:
        """Return the parts' names as written in the file."""
        return {info.orig_filename for info in self._infos.values()}

    def entries(self) -> list[zipfile.ZipInfo]:
        """Return what the zip's directory says of the parts, in its order."""
        return self._zip.infolist()

    def directory(self) -> memoryview:
        """Return the bytes from the zip's directory to the end of the file."""
        return memoryview(self.data)[self._zip.start_dir :]

    def size(self, part: str) -> int:
        """Return the part's inflated size as declared."""
        return self._infos[part_key(part)].file_size

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part_key(part) in self._infos

    def packed(self, part: str) -> memoryview:
        """The part's bytes as they lie in the file."""
        info = self._infos[part_key(part)]
        start = info.header_offset
        header = self.data[start : start + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04" or info.flag_bits & 1:
            raise self.broken()
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        first = start + 30 + name_length + extra_length
        packed = memoryview(self.data)[first : first + info.compress_size]
        if len(packed) != info.compress_size:
            raise self.broken()
        return packed

    def stream(self, part: str) -> Iterator[bytes]:
        """The part's inflated bytes in chunks of at most `CHUNK`.

        Raises HostileInput over `MAX_PART` or `MAX_RATIO`, UnusableInput when the part is missing or damaged.
        """
        if not self.has(part):
            raise self.broken()
        info = self._infos[part_key(part)]
        packed = self.packed(part)
        bound = min(MAX_PART, max(RATIO_FLOOR, MAX_RATIO * len(packed)))
        size = check = 0
        for chunk in self._inflated(packed, info.compress_type):
            size += len(chunk)
            check = zlib.crc32(chunk, check)
            if size > bound:
                raise self.hostile()
            if size > info.file_size:
                raise self.broken()
            yield chunk
        if size != info.file_size or check != info.CRC:
            raise self.broken()

    def _inflated(self, packed: memoryview, method: int) -> Iterator[bytes]:
        if method == _STORED:
            yield from (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        elif method == _DEFLATED:
            yield from self._deflated(packed)
        else:
            raise self.broken()

    def _deflated(self, packed: memoryview) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-15)
        step = CHUNK >> 3
        try:
            for at in range(0, len(packed), step):
                waiting: bytes | memoryview = packed[at : at + step]
                while len(waiting):
                    if chunk := inflate.decompress(waiting, CHUNK):
                        yield chunk
                    waiting = inflate.unconsumed_tail
        except zlib.error:
            raise self.broken() from None
        if rest := inflate.flush():
            yield rest

    def read(self, part: str, most: int = MAX_SMALL_PART) -> bytes:
        """Return a part whole; raises HostileInput when it has more than `most` bytes."""
        chunks, size = [], 0
        for chunk in self.stream(part):
            size += len(chunk)
            if size > most:
                raise self.hostile()
            chunks.append(chunk)
        return b"".join(chunks)


def part_key(part: str) -> str:
    """Return the name to compare; some programs on Windows write backslashes (calamine issue 530)."""
    return part.replace("\\", "/").lower()


def _broken(name: str) -> UnusableInput:
    return UnusableInput(f"“{name}”已损坏或不完整，无法读取。请用 Excel 或 WPS 打开修复后另存，或换用备份。")


def _not_a_zip(data: bytes, name: str) -> UnusableInput:
    """The error that tells what the file is when it is no readable zip."""
    if is_protected(data):
        return PasswordNeeded(f"“{name}”设有打开密码。请在 Excel 或 WPS 中打开，另存一份不带密码的副本再用。")
    if data.startswith(MAGIC):
        return UnusableInput(f"“{name}”是旧版 .xls 或 WPS 格式的文件。{_SAVE_AS}")
    if data.startswith(b"PK"):
        return _broken(name)
    if name.startswith("~$"):
        return UnusableInput(f"“{name}”是打开工作簿时的临时文件，不是工作簿本身。请选择名字前面没有 ~$ 的那个文件。")
    return UnusableInput(f"“{name}”不是 Excel 工作簿（内容可能是文本或网页，只是改了扩展名）。{_SAVE_AS}")

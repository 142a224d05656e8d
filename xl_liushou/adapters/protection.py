"""A password to open: takes it off and puts it on, in memory only."""

from __future__ import annotations

import contextlib
import io
from struct import pack, unpack_from
from typing import Final

from xl_liushou.core.compound_file import MAGIC, Tree, compound_file
from xl_liushou.core.errors import HostileInput, ProgramFault, UnusableInput, WrongPassword

MAX_INFO: Final = 1 << 16
"""Bytes that tell how a file is encrypted; Excel writes about 1,100."""
_INFO, _PACKAGE = "EncryptionInfo", "EncryptedPackage"
_PACKAGE_NAME: Final = _PACKAGE.encode("utf-16-le")
_AGILE: Final = pack("<HH", 4, 4)


def is_protected(data: bytes) -> bool:
    """Whether these are the bytes of an Office file with a password to open."""
    return data.startswith(MAGIC) and _PACKAGE_NAME in data


def encrypted(data: bytes, password: str) -> bytes:
    """A file that opens with the password and holds `data`, which may be anything; msoffcrypto-tool has read it."""
    from xl_liushou.adapters.agile import sealed_streams

    info, package = sealed_streams(data, password)
    sealed = compound_file({_INFO: info, _PACKAGE: package, **_data_spaces()})
    with contextlib.suppress(Exception):  # whatever it stumbles over, Excel might
        if _read_by_msoffcrypto(sealed, password) == data:
            return sealed
    raise ProgramFault("加密以后读回来不一样，没有写入，工作簿没有改动。请把这句话告诉维护人员。")


def decrypted(data: bytes, password: str, name: str) -> bytes:
    """What a protected file called `name` holds.

    Raises WrongPassword; UnusableInput for a damaged file; HostileInput for a way of encrypting that is not Excel's.
    """
    from xl_liushou.adapters.agile import NotThePassword, UnusualEncryption, opened_streams

    try:
        info, package = _streams(data)
        if not password:
            raise NotThePassword
        if info.startswith(_AGILE):
            return opened_streams(info, package, password)
        return _read_by_msoffcrypto(data, password)
    except (NotThePassword, UnicodeEncodeError):
        raise WrongPassword(f"这个密码打不开“{name}”。请核对后再试，注意大小写和全角半角。") from None
    except UnusualEncryption:
        raise HostileInput(
            f"“{name}”的加密方式不是 Excel 平常用的那种，没有打开。"
            "请用 Excel 或 WPS 打开它，去掉密码另存一份，再用 protect 命令设密码。"
        ) from None
    except Exception:  # the libraries raise what they stumble over
        raise UnusableInput(f"“{name}”已损坏或不完整，无法解密。请换用备份。") from None


def _streams(data: bytes) -> tuple[bytes, bytes]:
    """EncryptionInfo and EncryptedPackage, within bounds that keep olefile and the XML parser from endless work."""
    import olefile

    from xl_liushou.adapters.agile import UnusualEncryption

    tables = unpack_from("<I", data, 44)[0] + unpack_from("<I", data, 72)[0]
    if tables > len(data) >> 9:
        raise olefile.OleFileError
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as file:
        if file.get_size(_INFO) > MAX_INFO:
            raise UnusualEncryption
        info, package = (file.openstream(name).read() for name in (_INFO, _PACKAGE))
    if b"<!DOCTYPE" in info.replace(b"\0", b""):
        raise UnusualEncryption
    return info, package


def _read_by_msoffcrypto(data: bytes, password: str) -> bytes:
    """What a protected file holds as msoffcrypto-tool reads it; Excel 2007's way of encrypting is left to it."""
    import logging

    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    from xl_liushou.adapters.agile import NotThePassword, UnusualEncryption

    logging.getLogger("msoffcrypto").setLevel(logging.WARNING)  # below that it logs passwords
    out = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
    except InvalidKeyError:
        raise NotThePassword from None
    except DecryptionError:
        raise UnusualEncryption from None
    with contextlib.suppress(InvalidKeyError):  # raised when all is written, and that is no zip
        file.decrypt(out, verify_integrity=file.type == "agile")
    return out.getvalue()


def _data_spaces() -> Tree:
    """The streams that tell Office where the encrypted workbook lies ([MS-OFFCRYPTO] 2.1 and 2.3.4)."""
    space, transform = "StrongEncryptionDataSpace", "StrongEncryptionTransform"
    versions = pack("<HHHHHH", 1, 0, 1, 0, 1, 0)  # of reader, updater and writer
    kind = _counted(pack("<I", 1) + _text("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}"))
    primary = kind + _text("Microsoft.Container.EncryptionTransform") + versions + pack("<IIII", 0, 0, 0, 4)
    return {
        "\x06DataSpaces": {
            "Version": _text("Microsoft.Container.DataSpaces") + versions,
            "DataSpaceMap": pack("<II", 8, 1) + _counted(pack("<II", 1, 0) + _text(_PACKAGE) + _text(space)),
            "DataSpaceInfo": {space: pack("<II", 8, 1) + _text(transform)},
            "TransformInfo": {transform: {"\x06Primary": primary}},
        }
    }


def _text(text: str) -> bytes:
    """A text in UTF-16 behind its length, filled up to four bytes."""
    data = text.encode("utf-16-le")
    return pack("<I", len(data)) + data + bytes(-len(data) % 4)


def _counted(data: bytes) -> bytes:
    """Some bytes behind their length, which counts itself."""
    return pack("<I", len(data) + 4) + data

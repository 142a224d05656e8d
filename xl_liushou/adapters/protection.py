"""A password to open: takes it off and puts it on, in memory only."""

from __future__ import annotations

import contextlib
import io
import logging
from struct import unpack_from
from typing import Final

from xl_liushou.adapters.compound_file import MAGIC
from xl_liushou.core.errors import HostileInput, LiushouError, ProgramFault, UnusableInput, WrongPassword

MAX_SPINS: Final = 1_000_000
"""How often a password may have to be hashed, about two seconds of work; Excel does it 100,000 times."""
MAX_INFO: Final = 1 << 16
"""Bytes that tell how a file is encrypted; Excel writes about 1,100."""
_INFO, _PACKAGE = "EncryptionInfo", "EncryptedPackage"
_PACKAGE_NAME: Final = _PACKAGE.encode("utf-16-le")


def is_protected(data: bytes) -> bool:
    """Whether these are the bytes of an Office file with a password to open."""
    return data.startswith(MAGIC) and _PACKAGE_NAME in data


def encrypted(data: bytes, password: str) -> bytes:
    """A file that opens with the password and holds `data`, as Excel makes it; msoffcrypto-tool has read it back."""
    from xl_liushou.adapters.agile import sealed_file

    sealed = sealed_file(data, password)
    try:
        read_back = _opened(sealed, password, "", verify=True)
    except LiushouError as problem:
        raise _not_sealed() from problem
    if read_back != data:
        raise _not_sealed()
    return sealed


def decrypted(data: bytes, password: str, name: str) -> bytes:
    """What a protected file called `name` holds; it may be anything.

    Raises WrongPassword; UnusableInput for a damaged file; HostileInput for a way of encrypting that is not Excel's.
    """
    return _opened(data, password, name, verify=False)


def _opened(data: bytes, password: str, name: str, verify: bool) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    logging.getLogger("msoffcrypto").setLevel(logging.WARNING)  # below that it logs passwords
    out = io.BytesIO()
    try:
        _require_bounds(data, name)
        file = OOXMLFile(io.BytesIO(data))
        if file.info.get("spinValue", 0) > MAX_SPINS:
            raise _unusual(name)
        if not password:
            raise InvalidKeyError
        file.load_key(password=password, verify_password=True)
        with contextlib.suppress(InvalidKeyError):  # what it wrote is no zip, which is nothing to us
            file.decrypt(out, verify_integrity=verify)
    except LiushouError:
        raise
    except (InvalidKeyError, UnicodeEncodeError):
        raise WrongPassword(f"这个密码打不开“{name}”。请核对后再试，注意大小写和全角半角。") from None
    except DecryptionError:
        raise _unusual(name) from None
    except Exception:  # msoffcrypto and olefile raise what they stumble over
        raise UnusableInput(f"“{name}”已损坏或不完整，无法解密。请换用备份。") from None
    return out.getvalue()


def _require_bounds(data: bytes, name: str) -> None:
    """Refuses what would make olefile or the XML parser work without end; raises olefile's own errors too."""
    import olefile

    fat, difat = unpack_from("<I", data, 44)[0], unpack_from("<I", data, 72)[0]
    if max(fat, difat) > len(data) >> 9:
        raise olefile.OleFileError
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        if ole.get_size(_INFO) > MAX_INFO:
            raise _unusual(name)
        info = ole.openstream(_INFO).read()
        ole.openstream(_PACKAGE)
    if b"<!DOCTYPE" in info.replace(b"\0", b""):
        raise _unusual(name)


def _unusual(name: str) -> HostileInput:
    return HostileInput(
        f"“{name}”的加密方式不是 Excel 平常用的那种，没有打开。"
        "请用 Excel 或 WPS 打开它，去掉密码另存一份，再用 protect 命令设密码。"
    )


def _not_sealed() -> ProgramFault:
    return ProgramFault("加密以后读回来不一样，没有写入，工作簿没有改动。请把这句话告诉维护人员。")

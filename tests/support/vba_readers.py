"""Other people's readers of a VBA project: olevba its text, olefile its container."""

from __future__ import annotations

import io
import warnings

import olefile

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # olevba calls pyparsing by its older names
    from oletools import olevba


def modules(project: bytes) -> dict[str, str]:
    """The modules by name, with their text, as olevba gives them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = olevba.VBA_Parser("vbaProject.bin", data=project)
        found = {name.rpartition("/")[2]: text for _, name, _, text in parser.extract_all_macros()}
        parser.close()
    return found


def streams(project: bytes) -> dict[str, bytes]:
    """The streams by path; raises for every defect that olefile knows."""
    with olefile.OleFileIO(io.BytesIO(project), raise_defects=olefile.DEFECT_POTENTIAL) as file:
        return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def decompressed(stream: bytes) -> bytes:
    """What a compressed stream holds; olevba knows no container without a chunk."""
    return bytes(olevba.decompress_stream(bytearray(stream))) if len(stream) > 1 else b""

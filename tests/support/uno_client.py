"""What LibreOffice is told, by the Python that knows UNO (not ours): lines of JSON on stdin, answers on stdout.

[verb, argument, …]  →  the result, or {"error": …}
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import uno

RUN_MACROS = 4
PATIENCE_SECONDS = 60


def connected(pipe: str) -> Any:
    """The desktop of the LibreOffice that listens on this pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(PATIENCE_SECONDS * 10):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("no LibreOffice answers")


class Desktop:
    """The verbs. Documents go by the name that they were opened under."""

    def __init__(self, pipe: str) -> None:
        self.desktop = connected(pipe)
        self.documents: dict[str, Any] = {}

    def open(self, name: str, path: str, how: dict[str, Any]) -> bool:
        """Loads a file, or makes a new sheet where `path` is blank."""
        properties = []
        for key, value in {"MacroExecutionMode": RUN_MACROS, **how}.items():
            properties.append(uno.createUnoStruct("com.sun.star.beans.PropertyValue"))
            properties[-1].Name, properties[-1].Value = key, value
        url = uno.systemPathToFileUrl(path) if path else "private:factory/scalc"
        self.documents[name] = self.desktop.loadComponentFromURL(url, "_blank", 0, tuple(properties))
        return self.documents[name] is not None

    def close(self, name: str) -> None:
        self.documents.pop(name).close(True)

    def modules(self, name: str, library: str) -> dict[str, str]:
        """The texts of the modules of a project."""
        found = self.documents[name].BasicLibraries.getByName(library)
        return {module: found.getByName(module) for module in found.ElementNames}

    def run(self, name: str, macro: str, *words: str) -> Any:
        place = f"vnd.sun.star.script:{macro}?language=Basic&location=document"
        return self.documents[name].getScriptProvider().getScript(place).invoke(words, (), ())[0]

    def select(self, name: str, sheet: str, *areas: str) -> None:
        document = self.documents[name]
        ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        found = document.Sheets.getByName(sheet)
        for area in areas:
            ranges.addRangeAddress(found.getCellRangeByName(area).RangeAddress, False)
        document.CurrentController.setActiveSheet(found)
        document.CurrentController.select(ranges)

    def write(self, name: str, sheet: str, cell: str, text: str) -> None:
        self.documents[name].Sheets.getByName(sheet).getCellRangeByName(cell).String = text


def main() -> None:
    desktop = Desktop(sys.argv[1])
    for line in sys.stdin:
        verb, *words = json.loads(line)
        try:
            answer = getattr(desktop, verb)(*words)
        except Exception as problem:
            answer = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)
    os._exit(0)  # pyuno crashes now and then when it is taken down


if __name__ == "__main__":
    main()

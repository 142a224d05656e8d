"""The errors that stop the program: one class per exit code, one Chinese sentence each.

What is wrong *in the data* is a `Finding`; what stops the program is one of these.
The text of the exception is the sentence that staff read, so it must say what to do next
and must never carry a child's data.
"""

from __future__ import annotations


class LiushouError(Exception):
    """Base of all declared errors. `code` is stable for programs, `exit_code` for shells."""

    code = "error"
    exit_code = 70

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageProblem(LiushouError):
    """The words on the command line do not fit (exit code 2)."""

    code = "usage"
    exit_code = 2


class UnusableInput(LiushouError):
    """A file that cannot be worked with: missing, broken, protected, foreign (exit code 2)."""

    code = "unusable-input"
    exit_code = 2


class PasswordNeeded(UnusableInput):
    """The workbook is encrypted and no password was given."""

    code = "password-needed"


class WrongPassword(PasswordNeeded):
    """The workbook is encrypted, and not with the password that was given."""

    code = "wrong-password"


class HostileInput(UnusableInput):
    """A file whose structure would harm this machine (bombs, DTDs, absurd sizes)."""

    code = "hostile-input"


class TemplateProblem(UnusableInput):
    """A Word template that cannot be rendered; the message names the tag and the place."""

    code = "template"


class CannotSave(UnusableInput):
    """A disk or folder that did not take the file (full, read-only, no rename); the old file is as it was."""

    code = "cannot-save"


class Unsettled(CannotSave):
    """A disk that failed twice: whether the new file is in place is found out by the next run."""

    code = "unsettled"


class NoPdfProgram(UnusableInput):
    """PDF was asked for, and the machine has no program that makes it."""

    code = "no-pdf-program"


class PdfNotMade(LiushouError):
    """Some papers could not be turned into PDF; the papers themselves are written (exit code 1)."""

    code = "pdf-not-made"
    exit_code = 1


class WorkbookBusy(LiushouError):
    """The workbook is open elsewhere, locked, or changed while the program worked (exit code 3)."""

    code = "workbook-busy"
    exit_code = 3


class WouldLoseRows(UnusableInput):
    """A plan that would empty a sheet of data or drop more than a fifth of its rows."""

    code = "would-lose-rows"


class PatchRefused(UnusableInput):
    """An edit that could harm the workbook and was not made; `reason` is stable for programs."""

    code = "patch-refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ProgramFault(LiushouError):
    """A fault of the program itself (exit code 70)."""

    code = "fault"

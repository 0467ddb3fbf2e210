"""Errors with words for people: what happened, and what to do.

MyCrmError
    NotFound            an id or uid names nothing, or more than one thing
    InvalidValue        a value that cannot be kept as given
    NotAllowed          the acting user's role does not permit the verb
    NeedsDecision       stopped for the user to decide (exit 3)
    Cancelled           the user stopped the work; nothing was kept
    WorkspaceError      the file cannot be opened or used (exit 4)
        WorkspaceLocked     wrong or missing passphrase, no key
        WorkspaceBusy       another program holds it
        WorkspaceDamaged    not a workspace, or its pages are broken
        WorkspaceTooNew     written by a newer program
        WorkspaceReadOnly   the file or folder cannot be written
"""

from __future__ import annotations


class MyCrmError(Exception):
    """A known condition: `title` says what happened, `message` what to do, `code` names it for scripts."""

    code = "error"

    def __init__(self, title: str, message: str, *, code: str | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.message = message
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.title}. {self.message}"


class NotFound(MyCrmError):
    """An id, uid, prefix or name that names nothing, or more than one thing."""

    code = "not_found"


class InvalidValue(MyCrmError):
    """A value that cannot be kept as it was given; `field` names where."""

    code = "invalid_value"

    def __init__(self, title: str, message: str, *, field: str = "", code: str | None = None) -> None:
        super().__init__(title, message, code=code)
        self.field = field


class NotAllowed(MyCrmError):
    """The acting user's role does not permit this verb."""

    code = "not_allowed"


class NeedsDecision(MyCrmError):
    """Stopped because only the user may decide: no keyring, an unconfirmed erase, a brake."""

    code = "needs_decision"


class Cancelled(MyCrmError):
    """The user stopped the work; nothing of it was kept."""

    code = "cancelled"


class WorkspaceError(MyCrmError):
    """The workspace cannot be opened or used."""

    code = "workspace"


class WorkspaceLocked(WorkspaceError):
    """A key or passphrase is missing or wrong."""

    code = "locked"


class WorkspaceBusy(WorkspaceError):
    """Another program holds the workspace."""

    code = "busy"


class WorkspaceDamaged(WorkspaceError):
    """The file is not a workspace, or parts of it are broken."""

    code = "damaged"


class WorkspaceTooNew(WorkspaceError):
    """The file was written by a newer program; it is left untouched."""

    code = "too_new"


class WorkspaceReadOnly(WorkspaceError):
    """The file or its folder cannot be written."""

    code = "read_only"

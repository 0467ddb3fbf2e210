"""What the unlock card knows and does: tries, waits, and opening with what the user gave."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.errors import InvalidValue, MyCrmError
from services.vault.try_limiter import Tries, TryLimiter
from ui.operations.workspaces import Identified, Key
from ui.window_parts import WindowParts

GROUP = "unlock"
WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - the code of an error


class UnlockViewModel(QObject):
    """Counts wrong tries across starts, so that closing the window does not shorten a wait."""

    #: Business, a wait or what went wrong changed; read the properties.
    changed = Signal()
    #: A passphrase was wrong: the field is emptied.
    refused = Signal()

    def __init__(self, parts: WindowParts, identified: Identified) -> None:
        super().__init__()
        self._parts = parts
        self.identified = identified
        self._limiter = TryLimiter(parts.clock)
        # The path itself does not belong into a settings file that is sent along with a log.
        self._name = hashlib.sha256(str(identified.path).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._tries = self._kept_tries()
        self._busy = False
        self._error: MyCrmError | None = identified.error
        self._error_of_code = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second_passed)
        if self.wait_s > 0:
            self._timer.start()

    @property
    def is_busy(self) -> bool:
        """Whether the workspace is being opened."""
        return self._busy

    @property
    def wait_s(self) -> int:
        """Whole seconds until the next try is allowed."""
        return -int(-self._limiter.wait_s(self._tries) // 1)

    @property
    def tries_left(self) -> int:
        """Wrong tries that still cost no wait."""
        return self._limiter.tries_left(self._tries)

    @property
    def error(self) -> MyCrmError | None:
        """What kept the workspace closed at the last try."""
        return self._error

    @property
    def is_error_of_code(self) -> bool:
        """Whether that try was made with the recovery code."""
        return self._error_of_code

    def unlock(self, passphrase: str = "") -> None:
        """Try a passphrase, or the keyring without one."""
        if not self._busy and self.wait_s == 0:
            self._try(Key(passphrase=passphrase), of_code=False)

    def use_recovery_code(self, text: str) -> None:
        """Try the recovery code."""
        if self._busy:
            return
        from services.vault.recovery import RecoveryCode

        try:
            RecoveryCode.parse(text)
        except InvalidValue as error:
            self._error, self._error_of_code = error, True
            self.changed.emit()
            return
        self._try(Key(recovery_code=text), of_code=True)

    def stop(self) -> None:
        """The card goes away."""
        self._timer.stop()

    def _try(self, key: Key, *, of_code: bool) -> None:
        self._busy = True
        task = self._parts.opening.open(self.identified.path, key)
        task.then(self._on_opened).otherwise(partial(self._on_refused, of_code))
        self.changed.emit()

    def _on_opened(self, _workspace: object) -> None:
        self._busy = False
        self._keep(self._limiter.after_right())

    def _on_refused(self, of_code: bool, error: BaseException) -> None:
        self._busy = False
        self._error_of_code = of_code
        if isinstance(error, MyCrmError):
            self._error = error
        else:
            self._error = MyCrmError(self.tr("Something went wrong in the program"), self.tr("Nothing was changed."))
        if self._error.code == WRONG_PASSPHRASE:
            self._keep(self._limiter.after_wrong(self._tries))
            if self.wait_s > 0:
                self._timer.start()
            self.refused.emit()
        self.changed.emit()

    def _on_second_passed(self) -> None:
        if self.wait_s <= 0:
            self._timer.stop()
        self.changed.emit()

    def _kept_tries(self) -> Tries:
        kept = self._parts.state.get(GROUP, self._name)
        if not isinstance(kept, list) or len(kept) != 2 or not isinstance(kept[0], int):
            return Tries()
        try:
            return Tries(kept[0], datetime.fromisoformat(str(kept[1])))
        except ValueError:
            return Tries()

    def _keep(self, tries: Tries) -> None:
        self._tries = tries
        at = tries.last_wrong_at
        self._parts.state.set(GROUP, self._name, [tries.wrong, at.isoformat()] if at else None)
        self._parts.state.save()

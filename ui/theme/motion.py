"""Durations of the design and the animation they drive; all zero when motion is reduced."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from ui.theme import tokens


@dataclass(frozen=True, slots=True)
class Motion:
    """How long things take, in milliseconds."""

    reduced: bool = False

    @property
    def fast(self) -> int:
        """Hover, press, checkbox."""
        return 0 if self.reduced else tokens.FAST_MS

    @property
    def normal(self) -> int:
        """Popover, panel, tab underline, card drop, progress."""
        return 0 if self.reduced else tokens.NORMAL_MS

    @property
    def celebrate(self) -> int:
        """The single ring fill of a win."""
        return 0 if self.reduced else tokens.CELEBRATE_MS


class Transition(QObject):
    """A number that glides to its target and reports every step; jumps when the duration is 0."""

    def __init__(self, parent: QObject, on_step: Callable[[], Any], *, value: float = 0.0) -> None:
        super().__init__(parent)
        self._value = value
        self._target = value
        self._on_step = on_step
        self._animation: QVariantAnimation | None = None

    @property
    def value(self) -> float:
        """Where the number stands now."""
        return self._value

    @property
    def target(self) -> float:
        """Where the number is going."""
        return self._target

    def go(self, target: float, duration_ms: int) -> None:
        """Glide to the target; a running glide starts again from where it stands."""
        if target == self._target and (duration_ms or self._value == target):
            return
        self._target = target
        if self._animation is not None:
            self._animation.stop()
        if duration_ms <= 0:
            self._step(target)
            return
        if self._animation is None:
            self._animation = QVariantAnimation(self)
            self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._animation.valueChanged.connect(self._step)
        self._animation.setDuration(duration_ms)
        self._animation.setStartValue(self._value)
        self._animation.setEndValue(target)
        self._animation.start()

    def _step(self, value: float) -> None:
        self._value = float(value)
        self._on_step()

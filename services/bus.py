"""Delivers events to whoever subscribed; a nudge only: a subscriber that may miss nothing keeps its own sequence."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from services.events import Event

Handler = Callable[[Event], None]
Deliver = Callable[[Callable[[], None]], None]

_log = logging.getLogger(__name__)


def directly(call: Callable[[], None]) -> None:
    """Deliver at once, on the thread that published: for the command line and tests."""
    call()


class EventBus:
    """Hands each event to every subscriber, through `deliver` (the window posts to its own thread)."""

    def __init__(self, deliver: Deliver = directly) -> None:
        self._deliver = deliver
        self._handlers: list[Handler] = []
        self._lock = threading.Lock()

    def subscribe(self, handler: Handler) -> Callable[[], None]:
        """Call `handler` for each event from now on; returns what ends the subscription."""
        with self._lock:
            self._handlers.append(handler)

        def end() -> None:
            with self._lock:
                if handler in self._handlers:
                    self._handlers.remove(handler)

        return end

    def publish(self, event: Event) -> None:
        """Announce an event; a handler that fails does not keep it from the others."""
        self._deliver(lambda: self._hand_out(event))

    def _hand_out(self, event: Event) -> None:
        with self._lock:
            handlers = list(self._handlers)
        for handler in handlers:
            try:
                handler(event)
            except Exception:
                _log.exception("A handler of %s failed", type(event).__name__)

"""Lets Python collect garbage on the main thread only while a test with a window runs, and once at its end.

A widget that only a cycle still holds is destroyed by the thread that happens to collect the cycle; anywhere but on
the GUI thread that ends the process. The program has `ui.collector` for it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Around the whole protocol: the values of the fixtures are let go only after the last of them has ended."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        # What lives now is not looked at again, so that the next collection costs what the next test left.
        gc.freeze()
        if was_enabled:
            gc.enable()

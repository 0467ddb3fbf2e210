"""A thread left running and a warning in the log fail the test that is to blame."""

from __future__ import annotations

import pytest

SUITE = """
import logging
import threading

def test_ends_its_thread():
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(30,), name="forgotten", daemon=True).start()

def test_is_quiet():
    logging.getLogger("trade").info("sold")

def test_warns():
    logging.getLogger("trade").warning("the price is odd")

def test_looks_at_the_log_itself(caplog):
    logging.getLogger("trade").warning("the price is odd")
    assert "odd" in caplog.text
"""


def test_a_suite_fails_exactly_where_something_is_left_behind(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "import tests.support.leaks\n"
        "tests.support.leaks.still_running.__kwdefaults__['grace_s'] = 0.1\n"
        "pytest_plugins = ['tests.support.leaks']\n"
    )
    pytester.makepyfile(SUITE)
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:xdist")
    result.assert_outcomes(passed=5, errors=2)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_leaves_a_thread*",
            "*forgotten*",
            "*ERROR at teardown of test_warns*",
            "WARNING trade: the price is odd",
        ]
    )

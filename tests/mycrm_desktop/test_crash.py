"""What nobody caught: it is logged without personal data, and said once."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mycrm_desktop.crash import LARGEST_LOG_BYTES, CrashGuard, RedactingFormatter, described, redacted


class Guarded:
    """A guard in place, and what it told."""

    def __init__(self, file: Path) -> None:
        self.told: list[Path] = []
        self.file = file
        self.guard = CrashGuard(lambda: file, tell=self.told.append)

    def text(self) -> str:
        """What the log holds."""
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def guarded(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Guarded]:
    """The guard installed; the level of the root logger is put back."""
    level = logging.getLogger().level
    guarded = Guarded(tmp_path / "state" / "mycrm.log")
    guarded.guard.install()
    yield guarded
    guarded.guard.remove()
    logging.getLogger().setLevel(level)


def raised(error: BaseException) -> BaseException:
    """An error with a trace."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - the point is to have it as Python would hand it over
        return caught


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("mail to anna.berg@almeda.example failed", "mail to … failed"),
        ("There is no contact “Anna Berg”", "There is no contact …"),
        ("field 'Anna' and \"Berg\"", "field … and …"),
        ("call +49 40 5550100 back", "call … back"),
        ("3 rows of 120 in 4.5 s", "3 rows of 120 in 4.5 s"),
    ],
)
def test_what_could_be_personal_is_left_out(text: str, safe: str) -> None:
    assert redacted(text) == safe


def test_an_error_is_described_by_kind_and_place_and_not_by_its_words() -> None:
    try:
        try:
            raise KeyError("Anna Berg")
        except KeyError as cause:
            raise ValueError("Anna Berg is missing") from cause
    except ValueError as error:
        text = described(error)
    assert "builtins.ValueError at test_crash.py:" in text
    assert "after builtins.KeyError" in text
    assert "Anna" not in text


def test_what_nobody_caught_is_logged_without_its_words_and_said_once(guarded: Guarded) -> None:
    for _ in range(3):
        error = raised(ValueError("Anna Berg"))
        sys.excepthook(type(error), error, error.__traceback__)
    assert guarded.told == [guarded.file]
    assert guarded.text().count("Nobody caught this") == 3
    assert "builtins.ValueError" in guarded.text()
    assert "Anna" not in guarded.text()


def test_what_nobody_caught_in_a_thread_is_logged_too(guarded: Guarded) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in guarded.text()
    assert guarded.told == []


def test_an_interrupt_is_left_to_python(guarded: Guarded, capsys: pytest.CaptureFixture[str]) -> None:
    error = raised(KeyboardInterrupt())
    sys.excepthook(type(error), error, error.__traceback__)
    assert not guarded.file.exists()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_ordinary_log_lines_are_redacted(guarded: Guarded) -> None:
    guarded.guard.open_log()
    logging.getLogger("ui.tasks").info("Saved %s", "anna@almeda.example")
    assert "Saved …" in guarded.text()
    assert "anna" not in guarded.text()


def test_a_log_that_grew_too_large_is_put_aside(guarded: Guarded) -> None:
    guarded.file.parent.mkdir(parents=True)
    guarded.file.write_bytes(b"x" * (LARGEST_LOG_BYTES + 1))
    guarded.guard.open_log()
    logging.getLogger("ui").info("Begin")
    assert guarded.file.stat().st_size < 1000
    assert guarded.file.with_suffix(".before.log").stat().st_size == LARGEST_LOG_BYTES + 1


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    level = logging.getLogger().level
    (tmp_path / "file").touch()
    guard = CrashGuard(lambda: tmp_path / "file" / "mycrm.log")
    guard.install()
    try:
        guard.open_log()
        logging.getLogger("ui").info("Begin")
    finally:
        guard.remove()
        logging.getLogger().setLevel(level)
    assert "Begin" in capsys.readouterr().err


def test_after_the_end_the_hooks_of_python_hold_again(tmp_path: Path) -> None:
    guard = CrashGuard(lambda: tmp_path / "log")
    guard.install()
    guard.remove()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_the_formatter_leaves_the_record_as_it_was() -> None:
    record = logging.LogRecord("ui", logging.INFO, "f.py", 1, "Saved %s", ("anna@almeda.example",), None)
    RedactingFormatter().format(record)
    assert record.getMessage() == "Saved anna@almeda.example"

"""Runs `mycrm` in this process, as a script would, and reads its one JSON document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mycrm_desktop.cli.main import run


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout; fails when there is anything else."""
        return json.loads(self.out)


class Mycrm:
    """Calls with one workspace."""

    def __init__(self, path: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capture = capture

    def __call__(self, *arguments: object, options: tuple[str, ...] = ()) -> Answer:
        """Run a command with --json."""
        self._capture.readouterr()
        words = ["--workspace", str(self.path), "--json", "--no-input", *options, *map(str, arguments)]
        code = run(words)
        printed = self._capture.readouterr()
        return Answer(code, printed.out, printed.err)

    def good(self, *arguments: object, options: tuple[str, ...] = ()) -> Any:
        """Run a command that must succeed; returns its document."""
        answer = self(*arguments, options=options)
        assert answer.code == 0, answer.err
        return answer.document

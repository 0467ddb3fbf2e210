"""The workspace in which the lines are typed, made once, and its names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.capture.known import KnownNames
from services.capture.workspace_names import AskedNames, WorkspaceNames
from services.open_workspace import OpenWorkspace
from tests.services.capture.corpus import fill
from tests.support.workspaces import make_workspace


@pytest.fixture(scope="session")
def typed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkspace]:
    """A workspace with the people, companies and deals of the lines; it is only read."""
    workspace = make_workspace(tmp_path_factory.mktemp("capture"))
    fill(workspace)
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def known(typed_in: OpenWorkspace) -> Iterator[KnownNames]:
    """What is known of names in it."""
    with typed_in.store.read() as connection:
        yield WorkspaceNames(connection, AskedNames(None))

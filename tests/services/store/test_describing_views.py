"""docs/schema.md tells what the views are, and every example in it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.open_workspace import OpenWorkspace
from services.store.describing_views import schema_page
from services.store.sql_keeping_views import VIEWS
from services.store.sql_views import ViewSpec
from services.store.tables import Base
from tests.services.test_querying import fill
from tests.support.workspaces import make_workspace

PAGE = Path(__file__).parents[3] / "docs" / "schema.md"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkspace]:
    made = make_workspace(tmp_path_factory.mktemp("schema"))
    fill(made)
    yield made
    made.close()


def test_the_page_is_what_the_views_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == schema_page(), "write it anew: mycrm query --schema > docs/schema.md"


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_example_runs_and_every_column_is_there(workspace: OpenWorkspace, view: ViewSpec) -> None:
    answer = workspace.query.run(f"SELECT * FROM {view.name}")

    assert answer.columns == tuple(column.name for column in view.columns)
    assert len(view.examples) == 2
    for example in view.examples:
        assert workspace.query.run(example.sql).columns


def test_the_page_has_every_statement_that_is_tried() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text.count("```sql") == sum(len(view.examples) for view in VIEWS)
    assert all(example.sql in text for view in VIEWS for example in view.examples)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_a_meaning_and_no_table_its_name(view: ViewSpec) -> None:
    assert view.name not in Base.metadata.tables
    assert view.meaning.endswith(".")
    assert [column.name for column in view.columns if not column.meaning] == []
    assert len({column.name for column in view.columns}) == len(view.columns)

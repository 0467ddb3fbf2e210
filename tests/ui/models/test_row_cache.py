"""The memory of rows: what is stale, what is under way, what could not be read."""

from ui.models.row_cache import RowCache


def read(cache: RowCache[str], *ids: int, edition: str = "a") -> None:
    """Read these rows at once."""
    ticket = cache.begin(ids)
    cache.arrived(ticket, ids, {local_id: f"{edition}{local_id}" for local_id in ids}, missing="gone")


def test_a_row_that_was_never_read_is_needed() -> None:
    assert RowCache[str]().needs(1)


def test_a_row_under_way_is_not_asked_for_again() -> None:
    cache = RowCache[str]()
    cache.begin([1])
    assert not cache.needs(1)


def test_a_row_that_arrived_is_kept() -> None:
    cache = RowCache[str]()
    read(cache, 1)
    assert (cache.get(1), cache.needs(1)) == ("a1", False)


def test_a_stale_row_is_shown_until_the_new_one_arrives() -> None:
    cache = RowCache[str]()
    read(cache, 1, 2)
    cache.invalidate([1])
    assert (cache.get(1), cache.needs(1), cache.needs(2)) == ("a1", True, False)
    read(cache, 1, edition="b")
    assert (cache.get(1), cache.needs(1)) == ("b1", False)


def test_everything_is_stale_after_a_change_without_names() -> None:
    cache = RowCache[str]()
    read(cache, 1, 2)
    cache.invalidate(None)
    assert [cache.needs(1), cache.needs(2)] == [True, True]
    read(cache, 1)
    assert [cache.needs(1), cache.needs(2)] == [False, True]


def test_a_row_that_changed_while_it_was_read_is_read_once_more() -> None:
    for change in ([1], None):
        cache = RowCache[str]()
        ticket = cache.begin([1])
        cache.invalidate(change)
        assert cache.needs(1)
        cache.arrived(ticket, [1], {1: "old"}, missing="gone")
        assert (cache.get(1), cache.needs(1)) == ("old", True)
        read(cache, 1, edition="new")
        assert (cache.get(1), cache.needs(1)) == ("new1", False)


def test_a_row_that_is_gone_is_an_error_and_not_asked_for_for_ever() -> None:
    cache = RowCache[str]()
    cache.arrived(cache.begin([1]), [1], {}, missing="gone")
    assert (cache.get(1), cache.error(1), cache.needs(1)) == (None, "gone", False)


def test_a_row_that_cannot_be_read_again_still_shows_what_it_was() -> None:
    cache = RowCache[str]()
    read(cache, 1)
    cache.invalidate([1])
    cache.failed(cache.begin([1]), [1], "disk")
    assert (cache.get(1), cache.needs(1)) == ("a1", False)
    cache.invalidate([1])
    assert cache.needs(1)


def test_an_error_is_forgotten_with_those_like_it() -> None:
    cache = RowCache[str]()
    cache.failed(cache.begin([1, 2]), [1, 2], "disk")
    cache.failed(cache.begin([3]), [3], "other")
    cache.forget_errors_like(cache.forget_error(1))
    assert [cache.needs(local_id) for local_id in (1, 2, 3)] == [True, True, False]


def test_only_so_many_rows_are_kept_the_newest_readings() -> None:
    cache = RowCache[str](rows_kept=3)
    read(cache, 1, 2, 3)
    read(cache, 1, 4)
    assert [cache.get(local_id) for local_id in (1, 2, 3, 4)] == ["a1", None, "a3", "a4"]


def test_the_memory_of_changes_does_not_grow_for_ever() -> None:
    cache = RowCache[str](rows_kept=2)
    read(cache, 1)
    for local_id in range(10, 40):
        cache.invalidate([local_id])
    read(cache, 2)
    assert len(cache._changed_at) <= 8
    assert cache.needs(1), "what was forgotten counts as changed"

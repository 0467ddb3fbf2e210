"""Which columns a list shows at which width."""

import pytest

from ui.pages.record.column_layout import ColumnRule, fit_columns

RULES = (
    ColumnRule("check", 50, 0),
    ColumnRule("name", 200, 0, stretch=2),
    ColumnRule("company", 150, 1, stretch=1),
    ColumnRule("email", 200, 3),
    ColumnRule("last", 100, 2),
)
SHOWN = ("check", "name", "company", "email", "last")


@pytest.mark.parametrize(
    ("room", "dropped"),
    [(800, ()), (700, ()), (699, ("email",)), (499, ("email", "last")), (100, ("email", "last", "company"))],
)
def test_the_lowest_rank_gives_way_first_and_rank_nought_never(room: int, dropped: tuple[str, ...]) -> None:
    fitted = fit_columns(RULES, SHOWN, {}, room=room)
    assert fitted.dropped == dropped
    assert list(fitted.widths) == [key for key in SHOWN if key not in dropped]


def test_spare_room_is_shared_out_to_the_last_pixel() -> None:
    fitted = fit_columns(RULES, SHOWN, {}, room=800)
    assert fitted.widths == {"check": 50, "name": 267, "company": 183, "email": 200, "last": 100}
    assert sum(fitted.widths.values()) == 800


def test_a_width_that_the_user_chose_neither_stretches_nor_shrinks() -> None:
    fitted = fit_columns(RULES, SHOWN, {"name": 300}, room=900)
    assert (fitted.widths["name"], fitted.widths["company"]) == (300, 250)


def test_what_the_outer_columns_need_beside_their_content_counts() -> None:
    assert fit_columns(RULES, SHOWN, {}, room=700, edge=16).dropped == ("email",)


def test_the_order_is_the_one_asked_for_and_unknown_columns_are_passed_over() -> None:
    fitted = fit_columns(RULES, ("check", "last", "no-such", "name"), {}, room=1000)
    assert list(fitted.widths) == ["check", "last", "name"]

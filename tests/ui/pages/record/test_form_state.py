"""What a form has to say so that a record becomes what stands in it."""

from services.records.drafts import PointKind
from ui.operations.records import AddressText
from ui.pages.record.form_state import FormState, PointText, typed_changes

EMAIL = PointKind.EMAIL


def emails(*texts: str) -> FormState:
    """A form with these emails; `label|text` labels one."""
    points = []
    for text in texts:
        label, _, bare = text.rpartition("|")
        points.append(PointText(bare, label))
    return FormState(points={EMAIL: tuple(points)} if points else {})


def test_nothing_is_said_of_what_stayed_the_same() -> None:
    state = FormState({"title": "Buyer"}, {EMAIL: (PointText("a@x.example"),)}, (AddressText("Road 1"),), ("vip",))
    typed = typed_changes(state, state)
    assert (typed.pairs, typed.addresses, typed.tags, typed.exactly) == ((), (), None, frozenset())


def test_a_text_that_was_cleared_is_said_as_nothing() -> None:
    typed = typed_changes(FormState({"title": "Buyer", "city": "Kiel"}), FormState({"title": ""}))
    assert typed.pairs == (("title", ""),)


def test_points_are_said_all_of_a_kind_the_main_one_first() -> None:
    typed = typed_changes(emails("a@x.example"), emails("b@x.example", "work|a@x.example"))
    assert typed.pairs == (("email", "b@x.example"), ("email:work", "a@x.example"))
    assert typed.exactly == frozenset()


def test_the_main_point_that_is_written_anew_is_replaced_not_taken_away() -> None:
    assert typed_changes(emails("a@x.example"), emails("c@x.example")).exactly == frozenset()


def test_a_point_that_is_taken_away_makes_the_rest_all_there_is() -> None:
    for after in (emails("a@x.example"), emails("b@x.example"), emails(), emails("a@x.example", "c@x.example")):
        assert typed_changes(emails("a@x.example", "b@x.example"), after).exactly == {"email"}


def test_an_address_that_is_taken_away_makes_the_rest_all_there_is() -> None:
    before = FormState(addresses=(AddressText("Road 1"), AddressText("Road 2")))
    typed = typed_changes(before, FormState(addresses=(AddressText("Road 1"),)))
    assert (typed.addresses, set(typed.exactly)) == ((AddressText("Road 1"),), {"address"})


def test_tags_are_said_only_where_they_changed() -> None:
    assert typed_changes(FormState(tags=("a",)), FormState(tags=())).tags == ()
    assert typed_changes(FormState(tags=("a",)), FormState(tags=("a",))).tags is None

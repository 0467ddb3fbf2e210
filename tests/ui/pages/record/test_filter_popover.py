"""Conditions that are put together in the popover."""

import pytest
from pytestqt.qtbot import QtBot

from services.filtering.describing import describe
from services.filtering.fields import Matching
from services.filtering.parsing import parse
from services.records.fields import EntityKind
from ui.pages.record.filter_popover import FilterForm, offered_fields, typed_condition, ways_to_compare
from ui.pages.record.inputs import ChoiceInput, LineInput
from ui.pages.record.lookups import Choices
from ui.theme.theme import Theme

CONTACT = EntityKind.CONTACT
CHOICES = Choices(users=("Rosa Quill", "Ben Ode"), tags=("vip", "fair"))


def way(matching: Matching, words: str) -> object:
    return next(found for found in ways_to_compare(matching) if found.words == words)


@pytest.mark.parametrize(
    ("field", "matching", "words", "value", "chip"),
    [
        ("lifecycle", Matching.CHOICE, "is", "customer", "Lifecycle is Customer"),
        ("lifecycle", Matching.CHOICE, "is not", "customer", "Lifecycle is not Customer"),
        ("owner", Matching.PERSON, "is", "me", "Owner is me"),
        ("last", Matching.MOMENT, "more than … days ago", "30", "Last contact more than 30 days ago"),
        ("created", Matching.MOMENT, "on", "2026-03-15", "Created on 15 March 2026"),
        ("city", Matching.FOLDED, "begins with", "San ", "City is San *"),
        ("city", Matching.FOLDED, "contains", 'a"b', 'City is *a"b*'),
        ("email", Matching.EMAIL, "is empty", "", "Email is empty"),
        ("title", Matching.WORDS, "is", "Head of Sales", "Title contains Head of Sales"),
    ],
)
def test_a_condition_reads_back_as_what_was_chosen(
    field: str, matching: Matching, words: str, value: str, chip: str
) -> None:
    text = typed_condition(field, way(matching, words), value)  # type: ignore[arg-type]
    assert [said.text for said in describe(parse(text, CONTACT))] == [chip]


def test_every_field_that_is_offered_can_be_compared_in_every_way_that_is_offered() -> None:
    examples = {
        Matching.COUNTRY: "Germany",
        Matching.LANGUAGE: "de",
        Matching.EMAIL: "a@x.example",
        Matching.PHONE: "+49 40 5550100",
        Matching.URL: "https://x.example",
        Matching.NUMBER: "5",
        Matching.MONEY: "5",
        Matching.DURATION: "5",
        Matching.DATE: "2026-03-15",
        Matching.MOMENT: "2026-03-15",
        Matching.CHOICE: "customer",
    }
    for field in offered_fields(CONTACT, CHOICES):
        for comparing in ways_to_compare(field.matching):
            value = "30" if comparing.days else examples.get(field.matching, "text")
            value = field.choices[0] if field.choices else value
            parse(typed_condition(field.name, comparing, value), CONTACT)


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> FilterForm:
    made = FilterForm(CONTACT, CHOICES)
    qtbot.addWidget(made)
    return made


def test_the_value_is_chosen_from_a_list_where_there_is_one(form: FilterForm) -> None:
    for field, first in (("lifecycle", "prospect"), ("owner", "me"), ("tags", "vip")):
        form.choose_field(field)
        assert isinstance(form.value, ChoiceInput)
        assert form.value.text == first
    form.choose_field("city")
    assert isinstance(form.value, LineInput)


def test_no_value_is_asked_for_where_none_is_needed(form: FilterForm, qtbot: QtBot) -> None:
    form.choose_field("email")
    ways = [comparing.words for comparing in ways_to_compare(Matching.EMAIL)]
    form.comparing.set_value(ways.index("is empty"))
    form._on_comparing_chosen(None)
    assert form.value is None
    with qtbot.waitSignal(form.condition_typed) as said:
        form._on_add()
    assert said.args == ["email:none"]


def test_a_value_that_is_needed_is_asked_for(form: FilterForm) -> None:
    typed: list[str] = []
    form.condition_typed.connect(typed.append)
    form.choose_field("city")
    form._on_add()
    assert typed == []
    assert isinstance(form.value, LineInput)
    assert form.value.line.editor.accessibleDescription() == "Say what it is compared with."

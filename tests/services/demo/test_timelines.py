"""Activities: in the window, in order, consistent with the lives they belong to, and written like a rep's log."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from services.clock import from_millis
from services.demo.activities import CURRENCIES
from services.demo.channels import KINDS, MOODY, Channel
from services.demo.plan import DemoPlan
from services.demo.pools import load_pools
from services.demo.texts import LANGUAGES, load_templates
from services.demo.world import DemoWorld, make_world
from services.records.fields import ACTIVITY_TYPES
from tests.services.demo.worlds import TODAY, entries_of, world_of

BERLIN = ZoneInfo("Europe/Berlin")
TEMPLATES = load_templates(load_pools().words.churn_reasons)

ODD_WORLDS = [
    (1, 1, "Europe/Berlin"),
    (10, 2, "Asia/Tokyo"),
    (29, 3, "Europe/Berlin"),
    (300, 3, "America/Los_Angeles"),
    (300, 60, "Pacific/Auckland"),
    (2000, 18, "America/Los_Angeles"),
    (2000, 18, "Europe/Berlin"),
]


@pytest.fixture(params=ODD_WORLDS, ids=lambda world: "-".join(map(str, world)))
def odd_world(request: pytest.FixtureRequest) -> DemoWorld:
    """A world of unusual size, length or place."""
    contacts, months, zone = request.param
    return world_of(contacts, months, 3, TODAY, zone)


def test_everything_happens_inside_the_window_and_is_recorded_in_order(odd_world: DemoWorld) -> None:
    log = odd_world.activities
    assert len(log)
    assert log.occurred_ms.min() >= odd_world.start_ms
    assert log.recorded_ms.max() <= odd_world.end_ms
    assert (log.recorded_ms >= log.occurred_ms).all()
    assert (np.diff(log.recorded_ms) >= 0).all()


def test_an_answer_comes_after_what_it_answers_from_the_same_person(odd_world: DemoWorld) -> None:
    log = odd_world.activities
    answers = np.flatnonzero(log.parent >= 0)
    parents = log.parent[answers]
    assert (log.occurred_ms[answers] > log.occurred_ms[parents]).all()
    assert (log.contact[answers] == log.contact[parents]).all()
    assert (log.direction[answers] + log.direction[parents] == 3).all()


def test_nothing_but_the_reason_follows_the_end_of_a_relation(odd_world: DemoWorld) -> None:
    log = odd_world.activities
    left = np.array([2**62 if moment is None else moment for moment in odd_world.contacts.churned_ms])
    after = log.occurred_ms >= left[log.contact]
    assert set(log.channel[after].tolist()) <= {Channel.NOTE_EXIT}
    told = np.flatnonzero(log.channel == Channel.NOTE_EXIT)
    assert after[told].all()


def test_reasons_and_ends_belong_to_those_who_left(odd_world: DemoWorld) -> None:
    contacts = odd_world.contacts
    for row, lifecycle in enumerate(contacts.lifecycles):
        gone = lifecycle == "churned"
        assert (contacts.churned_ms[row] is not None) == gone
        assert bool(contacts.churn_reasons[row]) == gone
        assert (contacts.customer_since[row] is None) == (lifecycle == "prospect")
        since, moment = contacts.customer_since[row], contacts.churned_ms[row]
        assert since is None or contacts.known_since[row] <= since <= TODAY
        assert moment is None or odd_world.start_ms < moment < odd_world.end_ms
        assert moment is None or since is None or since < from_millis(moment).date()


def test_nobody_buys_before_being_a_customer() -> None:
    world = world_of(2000)
    for entry in entries_of(2000):
        if entry.type == "purchase":
            since = world.contacts.customer_since[entry.contact]
            assert since is not None
            assert since <= from_millis(entry.occurred_ms).astimezone(BERLIN).date()


def test_a_usual_world_has_about_twelve_activities_a_contact_of_every_kind() -> None:
    world = world_of(20_000)
    assert 11 < len(world.activities) / 20_000 < 13.5
    share = np.bincount(world.activities.kind, minlength=len(KINDS)) / len(world.activities)
    assert share.min() > 0.01
    assert set(KINDS) <= set(ACTIVITY_TYPES)


def test_most_is_recorded_at_once_and_some_hours_later() -> None:
    log = world_of(20_000).activities
    delay_h = (log.recorded_ms - log.occurred_ms - log.duration_s.astype(np.int64) * 1000) / 3_600_000
    assert (delay_h < 0.1).mean() > 0.9
    assert 0.01 < (delay_h > 1).mean() < 0.08


def test_the_last_days_have_their_share_of_work() -> None:
    log = world_of(2000).activities
    days_ago = (world_of(2000).end_ms - log.occurred_ms) // 86_400_000
    latest = np.full(2000, 10_000)
    np.minimum.at(latest, log.contact, days_ago)
    counts = Counter(latest.tolist())
    assert all(counts[day] >= 3 for day in range(2, 16) if day % 7 not in {1, 2, 3})
    assert counts[0] >= 10
    assert 30 < float(np.median(latest[latest < 10_000])) < 120


def test_amounts_durations_and_outcomes_go_with_their_kinds() -> None:
    for entry in entries_of(2000):
        assert (entry.amount is not None) == (entry.type == "purchase")
        assert bool(entry.currency) == (entry.type == "purchase")
        assert entry.duration_s is None or entry.type in {"call", "meeting", "visit"}
        assert bool(entry.outcome) == (entry.type in {"call", "meeting", "visit", "purchase", "ticket"})
        assert entry.direction in {"in", "out"} or entry.type in {"meeting", "note", "visit"}


def test_every_currency_of_the_countries_is_known() -> None:
    assert {country.currency for country in load_pools().countries} <= set(CURRENCIES)


# ---- texts ---------------------------------------------------------------------------------------------------


def test_no_text_is_empty_or_has_an_open_slot() -> None:
    for entry in entries_of(2000):
        assert entry.subject.strip()
        assert entry.body.strip()
        assert not re.search(r"[{}]|%s|\bNone\b|lorem|placeholder|TODO", entry.subject + entry.body)


def test_no_two_entries_in_a_row_on_a_timeline_have_the_same_body() -> None:
    before: dict[int, str] = {}
    for entry in sorted(entries_of(2000), key=lambda entry: entry.occurred_ms):
        assert before.get(entry.contact) != entry.body
        before[entry.contact] = entry.body


def test_there_are_many_texts_and_each_is_its_own() -> None:
    bodies = [template.body for template in TEMPLATES.all]
    assert len(set(bodies)) == len(bodies)
    spoken = Counter(template.language for template in TEMPLATES.all)
    assert spoken["en"] >= 120
    assert min(spoken[language] for language in LANGUAGES) >= 60
    assert int(TEMPLATES.size.min()) >= 2


def test_bodies_vary_in_a_real_log() -> None:
    bodies = Counter(entry.body for entry in entries_of(2000))
    assert len(bodies) > 0.6 * len(entries_of(2000))


def test_german_and_french_people_write_in_their_language_and_notes_stay_english() -> None:
    world = world_of(2000)
    templates = world.activities.template
    drawn = np.flatnonzero(templates >= 0)
    for row in drawn[:: max(len(drawn) // 5000, 1)].tolist():
        contact = int(world.activities.contact[row])
        template = TEMPLATES.all[templates[row]]
        own = world.contacts.languages[contact]
        mail = KINDS[world.activities.kind[row]] in {"email", "sms", "message"}
        expected = own if mail and contact >= 29 and own in LANGUAGES else "en"
        assert template.language == expected
        assert template.channel == world.activities.channel[row]


def test_a_mail_that_answers_has_the_subject_of_what_it_answers() -> None:
    world = world_of(2000)
    entries = entries_of(2000)
    answers = np.flatnonzero(world.activities.parent >= 0).tolist()
    mails = [row for row in answers if entries[row].type == "email"]
    assert len(mails) > 2000
    assert not any(entries[row].subject.startswith("Re:") for row in set(answers) - set(mails))
    for row in mails:
        assert entries[row].subject == "Re: " + entries[int(world.activities.parent[row])].subject


# ---- mood ----------------------------------------------------------------------------------------------------


def test_the_mood_of_texts_follows_the_latent_warmth() -> None:
    log = world_of(20_000).activities
    moody = np.isin(log.channel, np.array(sorted(MOODY))) & (log.template >= 0) & (log.channel != Channel.TICKET)
    correlation = np.corrcoef(log.mood[moody], log.warmth[moody])[0, 1]
    assert correlation > 0.8
    share = np.bincount(log.mood[moody] + 1) / moody.sum()
    assert share.min() > 0.12


@pytest.mark.parametrize(("state", "sign"), [("cooling", -1), ("pain", -1), ("quality", 1), ("engagement", 1)])
def test_the_causes_of_leaving_show_in_the_mood(state: str, sign: int) -> None:
    world = world_of(20_000)
    log = world.activities
    recent = log.occurred_ms > world.end_ms - 80 * 86_400_000
    recent &= np.isin(log.channel, np.array(sorted(MOODY)))
    latent = getattr(world.latents, state)
    values = (latent if latent.ndim == 1 else latent[0])[log.contact[recent]]
    high = values > np.median(values) if values.dtype != np.bool_ else values
    difference = log.mood[recent][high].mean() - log.mood[recent][~high].mean()
    assert sign * difference > 0.15


GOOD_WORDS = re.compile(
    r"\b(great|good|happy|glad|pleased|thank\w*|excellent|love\w*|like\w*|perfect\w*|well|wonderful|enjoy|"
    r"brilliantly|enthusiastic|best|better|appreciated|praised|friendly|helpful|proud|pleasure)\b",
    re.IGNORECASE,
)
BAD_WORDS = re.compile(
    r"\b(annoy\w*|late|angry|disappoint\w*|complain\w*|fail\w*|frustrat\w*|wrong|bad|unhappy|lost|losing|sorry|"
    r"terrible|broken|worse|worst|risk\w*|expensive|hard|slow|slower|damaged|irritated|missing|worr\w*|problem\w*|"
    r"confusing|doubt|waste|neglected|frosty|embarrass\w*|rival\w*|painfully|painful|sad|sadly|unfortunate\w*|"
    r"offline|hurts|ignored|waited|competitor|notice|terminate|another (?:vendor|supplier)|no longer|cut|frozen|"
    r"serious|freeze|tense|questions every|questioned|postpone\w*|later than|not going well|furious|cancel|too high|"
    r"pity|no reason|forces|patience|unsure)\b",
    re.IGNORECASE,
)


def test_words_agree_with_the_mood_a_text_is_filed_under() -> None:
    for template in TEMPLATES.all:
        body = template.body.pattern
        if template.language == "en" and template.mood == 1:
            assert GOOD_WORDS.search(body), body
        if template.language == "en" and template.mood == -1:
            assert BAD_WORDS.search(body), body


# ---- the cast ------------------------------------------------------------------------------------------------


def test_the_first_people_are_the_ones_of_the_pictures() -> None:
    contacts, companies = world_of(2000).contacts, world_of(2000).companies
    people = [
        (f"{first} {last}", companies.names[firm], title)
        for first, last, firm, title in zip(
            contacts.first_names, contacts.last_names, contacts.companies.tolist(), contacts.titles, strict=True
        )
    ]
    assert people[0] == ("Henrik Lindgaard", "Lindgaard Marine", "Fleet Director")
    assert people[3] == ("Anna Berg", "Almeda Logistics", "Head of Procurement")
    assert set(contacts.lifecycles[:28]) == {"customer"}
    assert {"Łukasz", "Søren", "İpek", "Đorđe"} <= set(contacts.first_names[:29])


def test_anna_has_the_timeline_of_the_picture() -> None:
    entries = [entry for entry in entries_of(2000) if entry.contact == 3]
    entries.sort(key=lambda entry: -entry.occurred_ms)
    assert len(entries) == 48
    days = [(TODAY - from_millis(entry.occurred_ms).astimezone(BERLIN).date()).days for entry in entries]
    found = {(entry.subject, entry.type, day) for entry, day in zip(entries, days, strict=True)}
    assert ("Re: Pricing for 2027", "email", 6) in found
    assert ("Call, 14 min", "call", 12) in found
    assert ("Quarterly review, 3 people", "meeting", 20) in found
    assert ("Invoice question settled", "email", 29) in found
    assert ("Note: board decides in December", "note", 46) in found
    call = next(entry for entry in entries if entry.subject == "Call, 14 min")
    assert call.duration_s == 14 * 60
    assert call.body.endswith("You promised pricing by the 19th.")


@pytest.mark.parametrize(
    ("row", "days"), [(0, 4), (1, 1), (2, 9), (3, 6), (4, 0), (5, 24), (6, 8), (7, 1), (8, 0), (9, 3), (12, 12)]
)
def test_the_cast_was_last_met_when_the_picture_says(row: int, days: int) -> None:
    last = max(entry.occurred_ms for entry in entries_of(2000) if entry.contact == row)
    # An entry that would fall on a weekend is a day or two older.
    assert 0 <= (TODAY - from_millis(last).astimezone(BERLIN).date()).days - days <= 2


def test_hand_written_entries_older_than_the_world_are_left_out() -> None:
    world = make_world(DemoPlan(today=TODAY, contacts=29, months=1))
    subjects = {entry.subject for entry in world.entries(slice(None))}
    assert "Re: Pricing for 2027" in subjects
    assert "Note: board decides in December" not in subjects


def test_what_happens_today_lies_before_the_moment_the_world_ends() -> None:
    ends_at = datetime(2026, 11, 24, 0, 5, tzinfo=BERLIN)
    world = make_world(DemoPlan(today=TODAY, contacts=300, ends_at=ends_at))
    assert from_millis(int(world.activities.recorded_ms.max())) <= ends_at

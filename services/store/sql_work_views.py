"""The views of deals, their stages, activities, tasks and events."""

from __future__ import annotations

from typing import Final

from services.store.queries.deals import EFFECTIVE_PROBABILITY
from services.store.sql_people_views import LIVING
from services.store.sql_views import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    Example,
    ViewColumn,
    ViewSpec,
    column,
    day_or_moment,
    ending,
    identity,
    iso,
    major,
    owner_columns,
    uid,
)

_NAMES: Final = {
    "contact": ("contacts", "display_name"),
    "company": ("companies", "name"),
    "deal": ("deals", "title"),
    "lead": ("leads", "display_name"),
}


def _linked(*entities: str) -> tuple[ViewColumn, ...]:
    """The id and the name of the records that the row `t` is linked to."""
    found = []
    for entity in entities:
        view, name = _NAMES[entity]
        found.append(column(f"{entity}_id", INTEGER, f"`{view}.id`"))
        name_of = f"(SELECT k.{name} FROM main.{entity} k WHERE k.id = t.{entity}_id)"
        found.append(column(entity, TEXT, f"what the {entity} is called", name_of))
    return tuple(found)


def _money(of: str) -> tuple[ViewColumn, ...]:
    return (
        column("amount", NUMBER, f"{of} in major units: 120000.5 is 120,000.50", major("t.amount", "t.currency")),
        column("amount_minor", INTEGER, "the same in minor units, which add up exactly", "t.amount"),
        column("currency", TEXT, "ISO 4217; never add up two of them"),
    )


DEALS: Final = ViewSpec(
    "deals",
    "Something to be sold that is not in the trash.",
    "main.deal t LEFT JOIN main.stage s ON s.id = t.stage_id LEFT JOIN main.pipeline p ON p.id = t.pipeline_id "
    f"{LIVING}",
    (
        *identity("deal"),
        column("title", TEXT, "what is to be sold"),
        *_money("what it is worth"),
        *_linked("company", "contact"),
        column("pipeline", TEXT, "name of the pipeline", "p.name"),
        column("stage_id", INTEGER, "`stages.id`"),
        column("stage", TEXT, "name of the stage it is in", "s.name"),
        column("status", TEXT, "open, won or lost"),
        column("stage_entered_at", MOMENT, "when it came into that stage", iso("t.stage_entered_at")),
        column("probability", INTEGER, "percent; 100 when won, 0 when lost", EFFECTIVE_PROBABILITY),
        column("expected_close", DAY, "the day it is expected to be decided"),
        column("won_at", MOMENT, "when it was won", iso("t.won_at")),
        column("lost_at", MOMENT, "when it was lost", iso("t.lost_at")),
        column("loss_reason", TEXT, "why it was lost"),
        column("competitor", TEXT, "who else was asked"),
        column("next_step", TEXT, "what is to be done next"),
        column("next_step_due", DAY, "until when"),
        column("forecast_category", TEXT, "omitted, pipeline, best_case or commit"),
        *owner_columns(),
        *ending("deal"),
    ),
    (
        Example(
            "What the open deals of each stage are worth, and weighted by their chance",
            "SELECT pipeline, stage, currency, count(*) AS deals, sum(amount) AS total,\n"
            "  round(sum(amount * probability / 100.0), 2) AS weighted\n"
            "FROM deals WHERE status = 'open' GROUP BY pipeline, stage, currency",
        ),
        Example(
            "Won and lost by month",
            "SELECT substr(coalesce(won_at, lost_at), 1, 7) AS month, sum(status = 'won') AS won,\n"
            "  sum(status = 'lost') AS lost FROM deals WHERE status <> 'open' GROUP BY month ORDER BY month",
        ),
    ),
)

STAGES: Final = ViewSpec(
    "stages",
    "A step of a pipeline.",
    "main.stage t JOIN main.pipeline p ON p.id = t.pipeline_id WHERE t.deleted_at IS NULL AND p.deleted_at IS NULL",
    (
        column("id", INTEGER, "the number of the stage in this file"),
        column("uid", TEXT, "32 hexadecimal digits", uid("t.uid")),
        column("pipeline", TEXT, "name of the pipeline", "p.name"),
        column("name", TEXT, "name of the stage"),
        column("kind", TEXT, "open, won or lost"),
        column("probability", INTEGER, "percent; the chance of deals in it that have none of their own"),
        column("rotting_days", INTEGER, "days after which a deal in it is stale"),
        column("position", INTEGER, "its place, from the first"),
    ),
    (
        Example("The stages in order", "SELECT pipeline, name, probability FROM stages ORDER BY pipeline, position"),
        Example(
            "Deals that are stale",
            "SELECT d.title, d.stage, d.stage_entered_at FROM deals d JOIN stages s ON s.id = d.stage_id\n"
            "WHERE d.status = 'open' AND julianday('now') - julianday(d.stage_entered_at) > s.rotting_days",
        ),
    ),
)

STAGE_CHANGES: Final = ViewSpec(
    "stage_changes",
    "A deal came into a stage.",
    "main.stage_change t JOIN main.deal d ON d.uid = t.deal_uid LEFT JOIN main.stage b ON b.uid = unhex(t.before) "
    "LEFT JOIN main.stage a ON a.uid = unhex(t.after) WHERE d.deleted_at IS NULL",
    (
        column("deal_id", INTEGER, "`deals.id`", "d.id"),
        column("deal", TEXT, "the deal's title", "d.title"),
        column("stage_before", TEXT, "name of the stage it left; empty for the first", "b.name"),
        column("stage", TEXT, "name of the stage it came into", "a.name"),
        column("kind", TEXT, "open, won or lost", "a.kind"),
        column("changed_at", MOMENT, "when", iso("t.changed_at")),
        *_money("what the deal was worth then"),
    ),
    (
        Example(
            "Days that deals spend in each stage, on average",
            "SELECT stage, round(avg(days), 1) AS days FROM (\n"
            "  SELECT stage, julianday(lead(changed_at) OVER (PARTITION BY deal_id ORDER BY changed_at))\n"
            "    - julianday(changed_at) AS days FROM stage_changes)\n"
            "WHERE days IS NOT NULL GROUP BY stage",
        ),
        Example(
            "Deals that came back to an earlier stage",
            "SELECT deal, stage, count(*) AS times FROM stage_changes GROUP BY deal_id, stage HAVING times > 1",
        ),
    ),
)

ACTIVITIES: Final = ViewSpec(
    "activities",
    "Something that happened and is not in the trash.",
    f"main.activity t {LIVING}",
    (
        *identity("activity"),
        column("type", TEXT, "call, meeting, email, sms, message, note, visit, purchase, ticket or task_done"),
        column("direction", TEXT, "in or out"),
        column("occurred_at", MOMENT, "when it happened", iso("t.occurred_at")),
        column("recorded_at", MOMENT, "when it was entered", iso("t.recorded_at")),
        *_linked("contact", "company", "deal", "lead"),
        column("subject", TEXT, "what it was about"),
        column("body", TEXT, "what was said or written"),
        column("outcome", TEXT, "what came of it"),
        column("duration_s", INTEGER, "how long it took, in seconds"),
        *_money("what was bought"),
        column("location", TEXT, "where it happened"),
        *owner_columns(),
        *ending("activity"),
    ),
    (
        Example(
            "Activities by type and month",
            "SELECT substr(occurred_at, 1, 7) AS month, type, count(*) AS activities FROM activities\n"
            "GROUP BY month, type ORDER BY month DESC, activities DESC",
        ),
        Example(
            "Revenue by company",
            "SELECT company, currency, sum(amount) AS revenue FROM activities WHERE type = 'purchase'\n"
            "GROUP BY company_id, currency ORDER BY revenue DESC LIMIT 10",
        ),
    ),
)

PARTICIPANTS: Final = ViewSpec(
    "participants",
    "Somebody who took part in an activity besides the contact it was with.",
    "main.activity_contact t JOIN main.activity a ON a.id = t.activity_id JOIN main.contact k ON k.id = t.contact_id "
    "WHERE a.deleted_at IS NULL AND k.deleted_at IS NULL",
    (
        column("activity_id", INTEGER, "`activities.id`"),
        column("contact_id", INTEGER, "`contacts.id`"),
        column("contact", TEXT, "the person's name", "k.display_name"),
    ),
    (
        Example(
            "Who is brought along most",
            "SELECT contact, count(*) AS times FROM participants GROUP BY contact_id ORDER BY times DESC LIMIT 10",
        ),
        Example(
            "Meetings with several people",
            "SELECT a.subject, a.occurred_at, count(*) + 1 AS people FROM activities a\n"
            "JOIN participants p ON p.activity_id = a.id WHERE a.type = 'meeting' GROUP BY a.id",
        ),
    ),
)

TASKS: Final = ViewSpec(
    "tasks",
    "Something to do that is not in the trash.",
    f"main.task t {LIVING}",
    (
        *identity("task"),
        column("title", TEXT, "what is to be done"),
        column("status", TEXT, "open, done or cancelled"),
        column("priority", TEXT, "low, normal, high or urgent"),
        column("due_at", MOMENT, "until when; only a day where a whole day is meant", day_or_moment("t.due_at")),
        column("remind_at", MOMENT, "when to be reminded", iso("t.remind_at")),
        column("snoozed_until", MOMENT, "put off until then", iso("t.snoozed_until")),
        column("recurrence", TEXT, "how it comes again: an RRULE of RFC 5545"),
        column("done_at", MOMENT, "when it was done", iso("t.done_at")),
        *_linked("contact", "company", "deal", "lead"),
        *owner_columns(),
        *ending("task"),
    ),
    (
        Example(
            "What is overdue",
            "SELECT title, contact, due_at FROM tasks\n"
            "WHERE status = 'open' AND due_at < strftime('%Y-%m-%d', 'now') ORDER BY due_at",
        ),
        Example(
            "Tasks done by week",
            "SELECT strftime('%Y-%W', done_at) AS week, count(*) AS done FROM tasks\n"
            "WHERE status = 'done' GROUP BY week",
        ),
    ),
)

EVENTS: Final = ViewSpec(
    "events",
    "An entry of the calendar that is not in the trash; a series is one row.",
    f"main.event t {LIVING}",
    (
        *identity("event"),
        column("title", TEXT, "what takes place"),
        column("starts_at", MOMENT, "beginning; only a day where whole days are meant", day_or_moment("t.starts_at")),
        column("ends_at", MOMENT, "end; of whole days the day after the last", day_or_moment("t.ends_at")),
        column("all_day", FLAG, "1 where whole days are meant"),
        column("time_zone", TEXT, "IANA time zone"),
        column("status", TEXT, "tentative, confirmed or cancelled"),
        column("location", TEXT, "where"),
        column("conference_url", TEXT, "where to join from afar"),
        column("recurrence", TEXT, "how it comes again: an RRULE of RFC 5545"),
        *_linked("contact", "company", "deal"),
        *owner_columns(),
        *ending("event"),
    ),
    (
        Example(
            "What comes next",
            "SELECT title, starts_at, location FROM events\n"
            "WHERE starts_at >= strftime('%Y-%m-%d', 'now') ORDER BY starts_at LIMIT 10",
        ),
        Example(
            "Events by status",
            "SELECT status, count(*) AS events FROM events GROUP BY status",
        ),
    ),
)

ATTENDEES: Final = ViewSpec(
    "attendees",
    "Somebody who is invited to an event.",
    "main.event_attendee t JOIN main.event e ON e.id = t.event_id WHERE e.deleted_at IS NULL",
    (
        column("event_id", INTEGER, "`events.id`"),
        column("event", TEXT, "the event's title", "e.title"),
        column("contact_id", INTEGER, "`contacts.id`, where the person is known"),
        column("email", TEXT, "email address"),
        column("name", TEXT, "the person's name"),
        column("response", TEXT, "accepted, declined, tentative or needs-action"),
        column("role", TEXT, "the part the person plays (RFC 5545, ROLE)"),
        column("is_organizer", FLAG, "1 for whoever invites"),
    ),
    (
        Example(
            "Who declines most",
            "SELECT email, count(*) AS times FROM attendees WHERE response = 'declined' GROUP BY email\n"
            "ORDER BY times DESC LIMIT 10",
        ),
        Example(
            "Invited people who are in no contact yet",
            "SELECT DISTINCT email, name FROM attendees WHERE contact_id IS NULL ORDER BY email",
        ),
    ),
)

DEAL_PEOPLE: Final = ViewSpec(
    "deal_people",
    "The part that a person plays in a deal.",
    "main.deal_contact t JOIN main.deal d ON d.id = t.deal_id JOIN main.contact k ON k.id = t.contact_id "
    "WHERE d.deleted_at IS NULL AND k.deleted_at IS NULL",
    (
        column("deal_id", INTEGER, "`deals.id`"),
        column("deal", TEXT, "the deal's title", "d.title"),
        column("contact_id", INTEGER, "`contacts.id`"),
        column("contact", TEXT, "the person's name", "k.display_name"),
        column("role", TEXT, "champion, decision, user, influencer, blocker or other"),
        column("is_primary", FLAG, "1 for the main person"),
    ),
    (
        Example(
            "Open deals in which nobody is known to decide",
            "SELECT title FROM deals WHERE status = 'open'\n"
            "  AND id NOT IN (SELECT deal_id FROM deal_people WHERE role = 'decision')",
        ),
        Example(
            "People in several deals",
            "SELECT contact, count(*) AS deals FROM deal_people GROUP BY contact_id HAVING deals > 1",
        ),
    ),
)

WORK_VIEWS: Final = (
    DEALS,
    DEAL_PEOPLE,
    STAGES,
    STAGE_CHANGES,
    ACTIVITIES,
    PARTICIPANTS,
    TASKS,
    EVENTS,
    ATTENDEES,
)

"""The views of people, companies, leads, and how to reach them."""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind
from services.store.queries.sources import LAST
from services.store.sql_views import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    TEXT,
    Example,
    ViewColumn,
    ViewSpec,
    column,
    ending,
    identity,
    iso,
    owner_columns,
    point,
    qualified,
    uid,
)

LIVING: Final = "WHERE t.deleted_at IS NULL"


def _reached(entity: str) -> tuple[ViewColumn, ...]:
    shown = "the primary one; `points` has all"
    return (
        column("email", TEXT, f"email address, {shown}", point(entity, "email", "normal")),
        column("phone", TEXT, f"telephone number with +, {shown}", point(entity, "phone", "normal")),
        column("city", TEXT, "city of the primary address", point(entity, "address", "city")),
        column(
            "country", TEXT, "country of the primary address, ISO 3166 alpha-2", point(entity, "address", "country")
        ),
    )


def _company_of(alias: str = "t") -> tuple[ViewColumn, ...]:
    return (
        column("company_id", INTEGER, "`companies.id`", f"{alias}.company_id"),
        column(
            "company",
            TEXT,
            "the company's name",
            f"(SELECT c.name FROM main.company c WHERE c.id = {alias}.company_id)",
        ),
    )


CONTACTS: Final = ViewSpec(
    "contacts",
    "A person who is not in the trash.",
    f"main.contact t {LIVING}",
    (
        *identity("contact"),
        column("name", TEXT, "the name as lists show it", "t.display_name"),
        column("first_name", TEXT, "given name"),
        column("last_name", TEXT, "family name"),
        column("title", TEXT, "what the person is at work"),
        *_company_of(),
        *_reached("contact"),
        column("birthday", DAY, "day of birth"),
        column("language", TEXT, "language, BCP 47"),
        column("time_zone", TEXT, "IANA time zone"),
        column("preferred_channel", TEXT, "email, call, sms, message or visit"),
        column("cadence_days", INTEGER, "days after which the person wants to be heard from"),
        column("do_not_contact", FLAG, "1 for whoever must not be written to", "coalesce(t.do_not_contact, 0)"),
        column("lifecycle", TEXT, "prospect, customer or churned"),
        column("churned_at", MOMENT, "when the person stopped being a customer", iso("t.churned_at")),
        column("churn_reason", TEXT, "why"),
        column(
            "last_activity_at", MOMENT, "the last activity with the person", iso(qualified(LAST[EntityKind.CONTACT]))
        ),
        *owner_columns(),
        *ending("contact"),
    ),
    (
        Example(
            "Customers nobody has talked to for ninety days",
            "SELECT name, company, last_activity_at FROM contacts\n"
            "WHERE lifecycle = 'customer' AND last_activity_at < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-90 days')\n"
            "ORDER BY last_activity_at LIMIT 20",
        ),
        Example(
            "People per country",
            "SELECT country, count(*) AS people FROM contacts GROUP BY country ORDER BY people DESC",
        ),
    ),
)

COMPANIES: Final = ViewSpec(
    "companies",
    "An organisation that is not in the trash.",
    f"main.company t {LIVING}",
    (
        *identity("company"),
        column("name", TEXT, "the name"),
        column("domain", TEXT, "the primary domain under which it writes"),
        column("industry", TEXT, "what it does"),
        column("size", INTEGER, "number of people who work there"),
        *_reached("company"),
        column("lifecycle", TEXT, "prospect, customer or churned"),
        column("customer_since", DAY, "the day it became a customer"),
        column("churned_at", MOMENT, "when it stopped being one", iso("t.churned_at")),
        column("churn_reason", TEXT, "why"),
        column("parent_id", INTEGER, "`companies.id` of the company it belongs to"),
        column(
            "contacts",
            INTEGER,
            "how many people are shown under it",
            "(SELECT count(*) FROM main.contact k WHERE k.company_id = t.id AND k.deleted_at IS NULL)",
        ),
        *owner_columns(),
        *ending("company"),
    ),
    (
        Example(
            "Companies by what their open deals are worth",
            "SELECT c.name, d.currency, sum(d.amount) AS open FROM companies c JOIN deals d ON d.company_id = c.id\n"
            "WHERE d.status = 'open' GROUP BY c.id, d.currency ORDER BY open DESC LIMIT 10",
        ),
        Example(
            "Companies without anybody to talk to",
            "SELECT name, domain FROM companies WHERE contacts = 0 ORDER BY name",
        ),
    ),
)

LEADS: Final = ViewSpec(
    "leads",
    "Somebody who may become a customer and is not in the trash.",
    f"main.lead t {LIVING}",
    (
        *identity("lead"),
        column("name", TEXT, "the name as lists show it", "t.display_name"),
        column("person", TEXT, "the name of the person", "t.name"),
        column("title", TEXT, "what the person is at work"),
        column("company", TEXT, "the name of the company, as it was given"),
        *_reached("lead"),
        column("source", TEXT, "where the lead came from"),
        column("status", TEXT, "new, working, nurturing, qualified, disqualified or converted"),
        column("score", INTEGER, "how promising it is"),
        column("response_due", MOMENT, "until when it is to be answered", iso("t.response_due")),
        column("responded_at", MOMENT, "when it was answered first", iso("t.responded_at")),
        column("disqualify_reason", TEXT, "why nothing came of it"),
        column("converted_at", MOMENT, "when it became a customer's record", iso("t.converted_at")),
        column("contact_id", INTEGER, "`contacts.id` of the person it became", "t.converted_contact_id"),
        column("company_id", INTEGER, "`companies.id` of the company it became", "t.converted_company_id"),
        column("deal_id", INTEGER, "`deals.id` of the deal it became", "t.converted_deal_id"),
        *owner_columns(),
        *ending("lead"),
    ),
    (
        Example(
            "How many leads of each source were converted",
            "SELECT source, count(*) AS leads, sum(converted_at IS NOT NULL) AS converted FROM leads\n"
            "GROUP BY source ORDER BY leads DESC",
        ),
        Example(
            "Hours until the first answer, on average, by month",
            "SELECT substr(created_at, 1, 7) AS month,\n"
            "  round(avg(julianday(responded_at) - julianday(created_at)) * 24, 1) AS hours\n"
            "FROM leads WHERE responded_at IS NOT NULL GROUP BY month ORDER BY month",
        ),
    ),
)

_REACHABLE: Final = ("contact", "company", "lead")
_POINT_ROWS: Final = " UNION ALL ".join(
    f"SELECT '{entity}' AS entity, p.{entity}_id AS record_id, p.kind, p.label, p.raw, p.normal, p.is_primary, "
    "p.city, p.region, p.postal_code, p.country, p.verified, p.bounced "
    f"FROM main.{entity}_point p JOIN main.{entity} r ON r.id = p.{entity}_id WHERE r.deleted_at IS NULL"
    for entity in _REACHABLE
)

POINTS: Final = ViewSpec(
    "points",
    "One way to reach a contact, a company or a lead.",
    f"({_POINT_ROWS}) t",
    (
        column("entity", TEXT, "contact, company or lead"),
        column("record_id", INTEGER, "`id` of that record"),
        column("kind", TEXT, "email, phone, url, social or address"),
        column("label", TEXT, "work, mobile, home and the like"),
        column("value", TEXT, "as it was written", "t.raw"),
        column("normal", TEXT, "in the one form in which equal ones are equal"),
        column("is_primary", FLAG, "1 for the one that lists show"),
        column("city", TEXT, "of an address"),
        column("region", TEXT, "of an address"),
        column("postal_code", TEXT, "of an address"),
        column("country", TEXT, "of an address, ISO 3166 alpha-2"),
        column("verified", FLAG, "1 where it is known to be right", "coalesce(t.verified, 0)"),
        column("bounced", FLAG, "1 where mail came back", "coalesce(t.bounced, 0)"),
    ),
    (
        Example(
            "Email addresses that several people share",
            "SELECT normal, count(DISTINCT record_id) AS people FROM points\n"
            "WHERE entity = 'contact' AND kind = 'email' GROUP BY normal HAVING people > 1",
        ),
        Example(
            "People whose mail came back",
            "SELECT c.name, p.value FROM points p JOIN contacts c ON c.id = p.record_id\n"
            "WHERE p.entity = 'contact' AND p.bounced = 1",
        ),
    ),
)

ROLES: Final = ViewSpec(
    "roles",
    "What a contact is, or was, at a company.",
    "main.contact_company t JOIN main.contact k ON k.id = t.contact_id WHERE k.deleted_at IS NULL",
    (
        column("contact_id", INTEGER, "`contacts.id`"),
        *_company_of(),
        column("role", TEXT, "what the person is there"),
        column("is_primary", FLAG, "1 for the company the person is shown under"),
        column("started_on", DAY, "first day"),
        column("ended_on", DAY, "last day; empty while it lasts"),
    ),
    (
        Example(
            "People who have left a company",
            "SELECT c.name, r.company, r.ended_on FROM roles r JOIN contacts c ON c.id = r.contact_id\n"
            "WHERE r.ended_on IS NOT NULL ORDER BY r.ended_on DESC",
        ),
        Example(
            "How many people are known at each company",
            "SELECT company, count(*) AS people FROM roles WHERE ended_on IS NULL\n"
            "GROUP BY company_id ORDER BY people DESC LIMIT 10",
        ),
    ),
)

USERS: Final = ViewSpec(
    "users",
    "Somebody who works in this workspace.",
    f"main.user t {LIVING}",
    (
        column("id", INTEGER, "the number of the user in this file"),
        column("uid", TEXT, "32 hexadecimal digits", uid("t.uid")),
        column("name", TEXT, "the name; `owner` in other views"),
        column("email", TEXT, "email address"),
        column("role", TEXT, "owner, member or read_only"),
        column("territory", TEXT, "the region the user sells in"),
    ),
    (
        Example("Who works here", "SELECT name, role FROM users ORDER BY name"),
        Example(
            "Customers of each user",
            "SELECT u.name, count(c.id) AS customers FROM users u\n"
            "LEFT JOIN contacts c ON c.owner = u.name AND c.lifecycle = 'customer' GROUP BY u.id",
        ),
    ),
)

PEOPLE_VIEWS: Final = (CONTACTS, COMPANIES, LEADS, POINTS, ROLES, USERS)

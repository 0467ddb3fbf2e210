"""Tasks: add, change, do, put off, repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from services.access import Permission, verb
from services.clock import from_millis, to_millis
from services.errors import InvalidValue
from services.record_verbs import RecordVerbs
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.planning import DueCounts, TaskRow
from services.recurrence import continued, following, normal_rule, shifted, until_end_of_day
from services.store.aggregates import Document
from services.store.documents import copied
from services.store.queries import tasks as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page, zone_of
from services.store.writing import WriteUnit

MOST_REMINDERS = 50


class TaskService(RecordVerbs):
    """Keeps the tasks of a workspace."""

    entity = EntityKind.TASK

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        document.update(status="open", all_day=0, priority="normal")
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()

    def _check(self, document: Document) -> None:
        if not (document["title"] or "").strip():
            raise InvalidValue("A task needs a title", "Say in a few words what is to be done.", field="title")
        if document["status"] is None:
            raise InvalidValue("A task needs a status", "A task that is to be done is open.", field="status")
        if document["recurrence"]:
            rule = normal_rule(document["recurrence"])
            document["recurrence"] = rule if document["all_day"] else until_end_of_day(rule)
            if document["due_at"] is None:
                raise InvalidValue(
                    "A task that repeats needs a day", "Say when it is due for the first time.", field="due_at"
                )
        if document["status"] == "done":
            document["done_at"] = document["done_at"] or to_millis(self._store.clock.now())
        else:
            document["done_at"] = None

    def _following(self, unit: WriteUnit, ids: Sequence[int], draft: RecordDraft) -> Callable[[], None]:
        if draft.fields.get("status") != "done":
            return super()._following(unit, ids, draft)
        zone = zone_of(unit.connection, self._store.actor)
        open_before = [
            local_id for local_id, (_, task) in unit.load(self.entity, ids).items() if task["status"] == "open"
        ]

        def leave_next() -> None:
            # As they stand now: the same draft may have changed the rule or the day.
            done = [task for _, task in unit.load(self.entity, open_before).values() if task["status"] == "done"]
            unit.create_many(self.entity, list(filter(None, (self._next(unit, task, zone) for task in done))))

        return leave_next

    @verb(Permission.EDIT)
    def done(self, ids: Sequence[int]) -> Saved:
        """Tick tasks off in one batch; one that repeats leaves the next behind. Raises InvalidValue and NotFound."""
        if not ids:
            raise InvalidValue("Nothing is selected", "Choose at least one task.")
        with self._store.write("edit", "task.done") as unit:
            zone = zone_of(unit.connection, self._store.actor)
            standing = unit.load(self.entity, ids)
            unit.edit_many(self.entity, ids, lambda document: self._tick(document, unit.now_millis))
            open_before = [document for _, document in standing.values() if document["status"] == "open"]
            unit.create_many(self.entity, list(filter(None, (self._next(unit, task, zone) for task in open_before))))
            uid = standing[ids[0]][0]
        return self._saved(unit, ids[0], uid)

    @staticmethod
    def _tick(document: Document, now_millis: int) -> None:
        if document["status"] != "done":
            document.update(status="done", done_at=now_millis, snoozed_until=None)

    def _next(self, unit: WriteUnit, task: Document, zone: tzinfo) -> Document | None:
        """The next task of a series: as the rule says after the one done, and not before now, or today."""
        if not task["recurrence"] or task["due_at"] is None:
            return None
        start, now = from_millis(task["due_at"]), from_millis(unit.now_millis)
        all_day = bool(task["all_day"])
        rule_zone: tzinfo = UTC if all_day else zone
        after = max(start, _just_before_today(now, zone) if all_day else now)
        due = following(task["recurrence"], start, after, rule_zone)
        if due is None:
            return None
        remind_at = task["remind_at"]
        if remind_at is not None:
            remind_at = to_millis(shifted(from_millis(remind_at), start, due, zone, whole_days=all_day))
        document = copied(task)
        document.update(
            created_at=unit.now_millis,
            external_key=None,
            status="open",
            done_at=None,
            due_at=to_millis(due),
            series=task["series"] or unit.uids.new().hex(),
            snoozed_until=None,
            remind_at=remind_at,
        )
        document["recurrence"] = continued(task["recurrence"], start, due, rule_zone)
        return document

    @verb(Permission.EDIT)
    def reopen(self, ids: Sequence[int]) -> Saved:
        """Take a tick away again, in one batch. Raises InvalidValue and NotFound."""
        again = {"status": "open", "done_at": None}
        return self._edit_many(ids, "task.reopen", lambda _: lambda document: document.update(again), None)

    @verb(Permission.EDIT)
    def snooze(self, local_id: int, until: datetime) -> Saved:
        """Be reminded later. Raises InvalidValue for a moment that is past, NotFound."""
        if until <= self._store.clock.now():
            raise InvalidValue("That moment is past", "Choose one that is still to come.", field="snoozed_until")
        with self._store.write("edit", "task.snooze") as unit:
            millis = to_millis(until)

            def put_off(document: Document) -> None:
                document["snoozed_until"] = millis
                document["remind_at"] = document["remind_at"] or millis

            unit.edit(self.entity, local_id, put_off)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.READ)
    def due(self) -> DueCounts:
        """How many open tasks stand in each list."""
        with self._store.read() as connection:
            return queries.due_counts(connection, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def reminders(self) -> list[TaskRow]:
        """The tasks to be reminded of now, at most fifty."""
        with self._store.read() as connection:
            ids = queries.reminders(connection, now=self._store.clock.now(), limit=MOST_REMINDERS)
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def next_reminder_at(self) -> datetime | None:
        """When to look again."""
        with self._store.read() as connection:
            return queries.next_reminder(connection, now=self._store.clock.now())

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all tasks that match, in order. Raises InvalidValue for a query it cannot read."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[TaskRow]:
        """The rows of these tasks, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[TaskRow]:
        """One page of tasks and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)


def _just_before_today(now: datetime, zone: tzinfo) -> datetime:
    """The last moment before the day that it is in a zone, as whole days are kept: from midnight UTC."""
    today = now.astimezone(zone).date()
    return datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(milliseconds=1)

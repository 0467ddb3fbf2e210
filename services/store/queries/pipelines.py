"""Pipelines and their stages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import orjson

from services.records.ids import PipelineId, StageId, Uid
from services.records.sales import PipelineRow, StageKind, StageRow
from services.store.connection import Connection
from services.store.queries.pages import marks


def pipelines(connection: Connection) -> list[PipelineRow]:
    """The living pipelines in order, each with its living stages."""
    by_pipeline: dict[int, list[StageRow]] = defaultdict(list)
    for stage in stages(connection):
        by_pipeline[stage.pipeline_id].append(stage)
    sql = "SELECT id, uid, name, currency, position FROM pipeline WHERE deleted_at IS NULL ORDER BY position, id"
    return [
        PipelineRow(PipelineId(row[0]), Uid(row[1]), row[2], row[3] or "", row[4], tuple(by_pipeline[row[0]]))
        for row in connection.exec_driver_sql(sql)
    ]


def stages(connection: Connection, *, trash: bool = False) -> list[StageRow]:
    """The stages of living pipelines in order; with `trash` every stage there ever was, for deals that stand in one."""
    living = "" if trash else "WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL "
    sql = (
        "SELECT s.id, s.uid, s.pipeline_id, p.uid, s.name, s.kind, s.probability, s.rotting_days, s.required_fields, "
        f"s.position FROM stage s JOIN pipeline p ON p.id = s.pipeline_id {living}ORDER BY p.position, s.position, s.id"
    )
    return [
        StageRow(
            id=StageId(row[0]),
            uid=Uid(row[1]),
            pipeline_id=PipelineId(row[2]),
            pipeline_uid=Uid(row[3]),
            name=row[4],
            kind=StageKind(row[5]),
            probability=row[6],
            rotting_days=row[7],
            required_fields=tuple(orjson.loads(row[8])) if row[8] else (),
            position=row[9],
        )
        for row in connection.exec_driver_sql(sql)
    ]


def deals_in(connection: Connection, stage_ids: Sequence[int]) -> int:
    """How many living deals, open or closed, stand in these stages."""
    sql = f"SELECT count(*) FROM deal WHERE stage_id IN ({marks(stage_ids)}) AND deleted_at IS NULL"
    return int(connection.exec_driver_sql(sql, tuple(stage_ids)).scalar_one())

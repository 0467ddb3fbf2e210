"""Makes what is sold in a demo world, the same for the same plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.demo.deal_making import DealMaker
from services.demo.lead_making import LeadMaker, TaskMaker
from services.demo.pools import read_toml
from services.demo.sale_days import SaleDays
from services.demo.sales import DemoSales

if TYPE_CHECKING:
    from services.demo.world import DemoWorld


def make_sales(world: DemoWorld) -> DemoSales:
    """Deals, leads and tasks of a world."""
    lists, days = read_toml("sales.toml"), SaleDays(world)
    deals = DealMaker(world, days, lists).make()
    leads = LeadMaker(world, days, lists).make()
    return DemoSales(deals, leads, TaskMaker(world, days, lists, deals).make())

"""An import contract of our own: who may import a library, stated before anyone does."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.protected import ProtectedContract


class ProtectedLibraryContract(ProtectedContract):
    """Like `protected`, for a library that nobody imports yet or whose home is not built yet.

    The original refuses names that are not in the graph. Here an unused library keeps the contract, and a
    home that does not exist allows nobody, so the first import in the wrong place is caught.
    """

    type_name = "protected_library"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Check what of the libraries and homes is there."""
        for option in ("protected_modules", "allowed_importers"):
            present = [named for named in getattr(self, option) if named.expression in graph.modules]
            setattr(self, option, present)
        return super().check(graph, verbose)

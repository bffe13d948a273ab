"""Two versions → a comparison: clauses align, units pair, words are marked."""

from smallprint.comparing.compare import compare
from smallprint.comparing.lineage import Lineage, join_lineages, lineage_between, step_lineage

__all__ = ["Lineage", "compare", "join_lineages", "lineage_between", "step_lineage"]

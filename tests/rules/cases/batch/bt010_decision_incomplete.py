"""What is wrong with a batch that BT010 must tell: a decision of the coordinator that is incomplete and has no effect."""

from __future__ import annotations

from tests.support.batches import decided

for _kind, _line in (
    ("a waiver without a reason", ("豁免", "", "王某")),
    ("a waiver without a name", ("豁免", "已电话核实", "")),
    ("an unknown verdict", ("同意", "已电话核实", "王某")),
):
    decided("BT010", _kind, *_line)

"""What is wrong with a batch that BT011 must tell: a decision of the coordinator that fits nothing any more."""

from __future__ import annotations

from tests.support.batches import decided

decided("BT011", "a decision that fits nothing", "豁免", "已电话核实", "王某")

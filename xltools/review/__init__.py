"""Findings and the rules that give them."""

"""Reads what a text's own figures say of each other, in stages: characters, clauses, numbers, scopes, figures."""

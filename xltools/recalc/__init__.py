"""The formula engine behind one small interface."""

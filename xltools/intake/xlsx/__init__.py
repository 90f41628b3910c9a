"""The exact reader of .xlsx."""

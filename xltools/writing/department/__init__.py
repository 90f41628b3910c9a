"""Department workbooks: blank, prefilled, from values."""

"""Rules that only the whole batch shows (BT)."""

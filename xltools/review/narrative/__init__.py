"""The review of narrative reports (附件2): pairing, and the NA rules, one a file (finders.py lists them)."""

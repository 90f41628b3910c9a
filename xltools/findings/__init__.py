"""Values only: what a check says, and how it is put into words."""

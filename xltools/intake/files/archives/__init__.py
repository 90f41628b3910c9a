"""The archives that were sent, opened member by member, one kind of archive a file."""

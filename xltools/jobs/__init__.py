"""What each command does: one job a file, called by the command line."""

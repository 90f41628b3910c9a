"""Everything that opens files we were sent."""

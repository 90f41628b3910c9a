"""Rules of a file as such (IN)."""

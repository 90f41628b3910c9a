"""Rules of what an indicator says: whether it measures something, in the right direction, once. One rule a file."""

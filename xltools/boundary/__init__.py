"""What comes in from files of a known shape: read, held against the shape, every fault named at once."""

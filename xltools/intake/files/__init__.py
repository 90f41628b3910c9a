"""From paths to files that may be opened: found, unpacked, bounded, in a watched worker."""

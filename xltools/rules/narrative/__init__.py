"""Rules of narrative reports (NA), one a file."""

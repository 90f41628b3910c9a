"""Rules of one workbook (ST structure, VA values), one a file."""

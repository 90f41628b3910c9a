"""The tables of the consolidated workbook: which submissions count, what they say together, and the proof of it."""

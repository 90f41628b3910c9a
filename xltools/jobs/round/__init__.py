"""xltools round: one folder for the whole work with one form in one year, from the roster to the consolidated workbook."""

"""Return copies: the standard workbook with the sender's values, marked."""

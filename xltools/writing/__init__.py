"""All that xlsxwriter and Word write, and the style tokens."""

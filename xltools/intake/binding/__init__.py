"""From a workbook's cells to a form's fields."""

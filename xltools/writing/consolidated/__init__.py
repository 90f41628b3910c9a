"""The consolidated workbook's sheets."""

"""The findings workbook (审核结果.xlsx): what the coordinator works with, and what is kept of it by the next run."""

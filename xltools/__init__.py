"""xltools: workbooks for the yearly self-evaluation of departments' spending, written, checked and summed up."""

__version__ = "0.3.0"

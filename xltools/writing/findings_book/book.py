"""The findings workbook: what to do next, the departments, the problems with room for decisions, who sent nothing."""

from __future__ import annotations

from collections.abc import Callable

from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.workbook import Writer, strict


def findings_book(book: FindingsBook) -> bytes:
    """Return the workbook's bytes."""
    from xltools.writing.findings_book import lists, next_steps, overview, problems

    sheets: tuple[Callable[[Writer, FindingsBook], None], ...] = (
        next_steps.write_next_steps,
        overview.write_overview,
        problems.write_problems,
        problems.write_solved,
        lists.write_missing,
        lists.write_copies,
        lists.write_notices,
        problems.write_earlier,
        lists.write_about,
        lists.write_sources,
    )
    with strict():
        writer = Writer("审核结果", "xltools check")
        for write in sheets:
            write(writer, book)
        return writer.finish()

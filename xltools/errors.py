"""The one family of exceptions: what stops a job, said in one line with what to do next."""

from __future__ import annotations

from xltools.bilingual import Lang, Pair, same


class XltoolsError(Exception):
    """Anything that is ours or the operator's to mend; its text is for a person, in the language asked for."""

    def __init__(self, message: Pair | str) -> None:
        super().__init__(message)
        self.pair = message if isinstance(message, Pair) else same(message)

    def __str__(self) -> str:
        return self.pair.zh

    def text(self, lang: Lang) -> str:
        """Return the message in `lang`."""
        return self.pair.text(lang)


class DefinitionError(XltoolsError):
    """A form definition is wrong: file, key path, what is wrong, the nearest right word."""


class UsageError(XltoolsError):
    """The command was asked for something that cannot be done (a path that is not there, an unknown form)."""


class UnreadableFile(XltoolsError):
    """A file that was sent cannot be opened; `reason` is a short machine key, `detail` its numbers and part names."""

    def __init__(self, reason: str, **detail: object) -> None:
        super().__init__(f"{reason} {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        return _unreadable, (self.reason, self.detail)


def _unreadable(reason: str, detail: dict[str, object]) -> UnreadableFile:
    """A reading's failure as it comes from another process."""
    return UnreadableFile(reason, **detail)

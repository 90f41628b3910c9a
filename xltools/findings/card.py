"""The card of a rule: what it checks, why, on what basis, and the sentence of its findings, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xltools.bilingual import Lang, Pair
from xltools.findings.values import Reader, Value, said
from xltools.form.model import Level

Mended = Literal["", "restored", "replaced", "moved", "renewed"]
"""What a return copy does about a finding: the form's own build put back, a formula replaced by its result, contents
moved to a sheet of their own, the form's newest edition made of a former one."""

AWAITED = "first"
"""The value that names what comes before, where a finding's figures rest on others in question."""

_WHOLE = Pair("{says}。{fix}", "{says}. {fix}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A rule's page (检查什么 · 为什么 · 依据 · 怎么改 · 例子), its sentence, and what the rest of the program may ask of it.

    `says` and `fix` speak to the department, with `{name}` for the values a finding carries; the coordinator's own
    words stand beside where a department could do nothing with them. `fixes` are other ways to correct, by the name
    that a finding carries as its value `fix`.
    """

    code: str
    level: Level
    name: Pair
    what: Pair
    why: Pair
    basis: Pair
    says: Pair
    fix: Pair
    example: Pair
    says_coordinator: Pair | None = None
    fix_coordinator: Pair | None = None
    says_awaiting: Pair | None = None  # of a finding whose figures rest on others in question: `{first}` comes before
    expects: str = "="  # how `expected` binds the cell (=, <=, …); "" where it is no figure for that cell
    says_explained: Pair | None = None  # of a finding that the sender has explained: what it is about, nothing to do
    fixes: Mapping[str, Pair] = field(default_factory=dict, hash=False)
    since: str = "0.1.0"
    may_lead: Level | None = None  # the least level at which its findings may lead others when they are folded
    cacheable: bool = True  # False where the result depends on more than the file
    mended_by_return: Mended = ""
    in_overview: Pair | None = None  # said once a department, in a column of the overview with this title
    by_password: bool = False  # a password would open the file
    of_a_block: bool = False  # its related cells are as wrong as its own: all of them are marked
    about_copies: bool = False  # it speaks of several workbooks of one department

    @property
    def family(self) -> str:
        """The two letters that its kind of rules share."""
        return self.code[:2]

    def sentence(
        self, values: Mapping[str, Value], lang: Lang, reader: Reader = "coordinator", *, explained: bool = False
    ) -> str:
        """Return a finding's message: what is there, what is expected, what to do."""
        words = {name: said(value, lang, reader) for name, value in values.items()}
        if explained and self.says_explained is not None:
            return self.says_explained.text(lang).format(**words)
        ours = reader == "coordinator"
        says = self.says_coordinator if ours and self.says_coordinator is not None else self.says
        if AWAITED in values and self.says_awaiting is not None:
            says = self.says_awaiting
        fix = self.fix_coordinator if ours and self.fix_coordinator is not None else self.fix
        fix = self.fixes.get(str(words.get("fix", "")), fix)
        whole = {"says": says.text(lang).format(**words), "fix": fix.text(lang).format(**words)}
        return _WHOLE.text(lang).format(**whole)

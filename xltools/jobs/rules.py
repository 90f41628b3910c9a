"""xltools rules: the catalogue, or one rule's page."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.bilingual import EMPTY, Lang, Pair, joined, same
from xltools.boundary.nearest import closest, nearest
from xltools.console import aligned
from xltools.errors import UsageError
from xltools.findings.texts import LEVEL_SAID
from xltools.jobs.common import CommonOptions, workspace
from xltools.rules.catalogue import Entry, by_family, entries, page

HEADERS = (Pair("编号", "code"), Pair("级别", "level"), Pair("名称", "name"), Pair("表格", "forms"))
UNKNOWN = Pair(
    "没有编号为“{code}”的规则{near}；用 xltools rules 查看全部", "no rule {code}{near}; xltools rules lists them"
)


@dataclass(frozen=True, kw_only=True)
class RulesOptions(CommonOptions):
    """What the command was asked for."""

    code: str | None = None


def run(options: RulesOptions) -> int:
    """Print the table of all codes, of one family (BA) or of a word, or the page of one code (BA101)."""
    home, code, lang = workspace(options.forms_dir), options.code, options.lang
    known = entries([home.form(name) for name in home.form_ids])
    if code is None:
        print("\n".join(table(known, lang)))
        return 0
    wanted = code.strip().upper()
    family = {c: e for c, e in known.items() if c[:2] == wanted}
    named = [e for e in known.values() if any(code in (m.card.name.zh, m.card.name.en) for m in e.meanings)]
    if family:
        print("\n".join(table(family, lang)))
    elif wanted in known or named:
        print(page(known.get(wanted) or named[0], lang))
    elif found := {c: e for c, e in known.items() if _speaks_of(e, code.strip())}:
        print("\n".join(table(found, lang)))
    else:
        names = [m.card.name.zh for e in known.values() for m in e.meanings]
        near = nearest(wanted, known) if closest(wanted, known) else nearest(code, names)
        raise UsageError(UNKNOWN.format(code=code, near=near))
    return 0


def _speaks_of(entry: Entry, word: str) -> bool:
    """True when a rule's name, or its family's, has the word in it."""
    names = [entry.family, *(meaning.card.name for meaning in entry.meanings)]
    return bool(word) and any(word in name.zh or word.casefold() in name.en.casefold() for name in names)


def table(known: dict[str, Entry], lang: Lang) -> list[str]:
    """Return the catalogue's lines, grouped by family; a code that means two things has a line for each."""
    forms = {name for entry in known.values() for meaning in entry.meanings for name in meaning.forms}
    rows: list[tuple[str, ...]] = [tuple(header.text(lang) for header in HEADERS)]
    heads: dict[int, str] = {}
    for family, members in by_family(known).items():
        heads[len(rows)] = f"{family} {members[0].family.text(lang)}"
        for entry in members:
            for meaning in entry.meanings:
                card = meaning.card
                every = not meaning.forms or len(meaning.forms) == len(forms)
                where = EMPTY if every else joined(map(same, meaning.forms))
                cells = (LEVEL_SAID[card.level], card.name, where)
                rows.append((card.code, *(cell.text(lang) for cell in cells)))
    lines: list[str] = []
    for number, line in enumerate(aligned(rows)):
        lines += ["", heads[number]] if number in heads else []
        lines.append(line)
    return lines

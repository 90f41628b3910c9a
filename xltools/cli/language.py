"""Which language the user asked for, known before anything is parsed: what goes wrong in parsing is said in it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from xltools.bilingual import LANGS, Lang

OPTION, VARIABLE = "--lang", "XLTOOLS_LANG"
DEFAULT: Lang = LANGS[0]
_BY_NAME: dict[str, Lang] = {lang: lang for lang in LANGS}


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of the last --lang, before or after the command, else of XLTOOLS_LANG, else Chinese."""
    given = [environment.get(VARIABLE, "")]
    for place, word in enumerate(arguments):
        name, sign, value = word.partition("=")
        if word == "--":
            break
        if name == OPTION:
            given += [value] if sign else arguments[place + 1 : place + 2]
    known = [_BY_NAME[word] for word in given if word in _BY_NAME]
    return known[-1] if known else DEFAULT


def language(context: click.Context | None) -> Lang:
    """Return the language of a running command."""
    return DEFAULT if context is None else context.find_root().obj or DEFAULT

"""A text in Chinese and English, beside the thing it speaks of; the only place where a language is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages; `{name}` in it are filled by `format`."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Pair:
        """Return the pair with its `{name}` filled; a value that is a Pair is filled in each language."""
        zh, en = ({k: in_lang(v, lang) for k, v in values.items()} for lang in LANGS)
        return Pair(self.zh.format(**zh), self.en.format(**en))


EMPTY = Pair("", "")


def same(text: str) -> Pair:
    """Return a pair that says the same in both languages: a name, a figure, what a sender typed."""
    return Pair(text, text)


def in_lang(value: object, lang: Lang) -> object:
    """Return a value as it is said in `lang`: the side of a pair, anything else as it is."""
    return value.text(lang) if isinstance(value, Pair) else value


def joined(parts: Iterable[Pair], zh: str = "、", en: str = ", ") -> Pair:
    """Return several pairs as one, with each language's separator."""
    texts = list(parts)
    return Pair(zh.join(p.zh for p in texts), en.join(p.en for p in texts))

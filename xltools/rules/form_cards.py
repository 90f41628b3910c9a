"""The card of a form's own rule, in the same shape as a Python rule's: its sentence is made of the definition's words."""

from __future__ import annotations

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.form import model as m
from xltools.form.formulas import is_number, uses
from xltools.form.scoring import told

_EXPECTED = {
    "=": Pair("应为", "expected"),
    "<=": Pair("应不大于", "expected at most"),
    ">=": Pair("应不小于", "expected at least"),
    "<": Pair("应小于", "expected below"),
    ">": Pair("应大于", "expected above"),
    "<>": Pair("应不等于", "expected other than"),
}
_METHOD = Pair("{what}\n\n计分方法：{zh}。", "{what}\n\nHow a row is scored. {en}.")
_OWN_WORDS = Pair("{{label}}：{says}", "{{label}}: {says}")
_FIGURES = Pair(
    "{{label}} {{left}}，{op} {{right}}{{off}}（{words}）", "{{label}} {{left}}, {op} {{right}}{{off}} ({words})"
)
_AWAITING = Pair(
    "{{label}} {{left}}：先改{{first}}，再看此处（{words}）", "{{label}} {{left}}: first {{first}}, then this ({words})"
)
_AWAITING_BARE = Pair(
    "{{label}}：先改{{first}}，再看此处（{words}）", "{{label}}: first {{first}}, then this ({words})"
)
_EXPLAINED = Pair("{{label}}：{words}", "{{label}}: {words}")
_EVERY_ROW = Pair("{words}。（“{table}”的每一行）", "{words} (each row of its table).")
_WORDS = Pair("{words}。", "{words}.")


def form_card(form: m.Form, rule: m.Rule) -> Card:
    """Return the card of a form's rule."""
    words = Pair(_literal(rule.words), _literal(rule.words_en))
    figures = _FIGURES.format(op=_EXPECTED[rule.op], words=words)
    what = Pair(rule.words, rule.words_en)
    every_row = _EVERY_ROW.format(words=what, table=form.table(rule.table).label) if rule.table else EMPTY
    return Card(
        code=rule.code,
        level=rule.level,
        name=Pair(rule.name, rule.name_en),
        what=_with_method(form, rule, every_row) if rule.table else _WORDS.format(words=what),
        why=Pair(rule.reason, ""),
        basis=Pair(rule.basis, ""),
        fix=Pair(_literal(rule.fix), _literal(rule.fix_en)),
        example=_example(form, rule),
        says=_OWN_WORDS.format(says=Pair(rule.says, rule.says_en)) if has_own_words(rule) else figures,
        says_awaiting=(_AWAITING_BARE if has_own_words(rule) else _AWAITING).format(words=words),
        expects=_expects(rule),
        says_explained=_EXPLAINED.format(words=words),
        since=rule.since,
    )


def _with_method(form: m.Form, rule: m.Rule, what: Pair) -> Pair:
    """Return what a rule on rows checks; of one about the part of the weight that a row reaches, also how it is scored."""
    scoring = form.table(rule.table).scoring if rule.table else None
    if scoring is None or all(use.name != scoring.rate for use in uses(rule.left)):
        return what
    lines = told(scoring)
    return _METHOD.format(what=what, zh="；".join(p.zh for p in lines), en="; ".join(p.en for p in lines))


def has_own_words(rule: m.Rule) -> bool:
    """True when the definition says the finding in its own words instead of both figures."""
    return bool(rule.says and rule.says_en)


def _expects(rule: m.Rule) -> str:
    """Return how the right side binds the cell a rule's finding stands at: where the definition says the finding in its
    own words, only an equality with something computed names a figure; else a reason is missing, not a figure."""
    if has_own_words(rule) and (rule.op != "=" or is_number(rule.right)):
        return ""
    return rule.op


def _literal(text: str) -> str:
    """Return a definition's text so that nothing in it is taken for a place to fill."""
    return text.replace("{", "{{").replace("}", "}}")


def _example(form: m.Form, rule: m.Rule) -> Pair:
    """Return the first case that fires; in Chinese, like the labels of the form."""
    fired = next((c for c in rule.cases if c.state in m.FIRES), None)
    if fired is None or not fired.values:
        return EMPTY
    changed = "，".join(_shown(form, name, value) for name, value in fired.values.items())
    return Pair(f"其余数字都对，{changed}，会报出。", "")


def _shown(form: m.Form, name: str, value: object) -> str:
    """Return one changed value of a case as a person says it."""
    if isinstance(value, list):
        keys = {t.key_column for t in form.tables if t.name == name}
        rows = ["、".join(_said(k, v) if k not in keys else f"“{v}”" for k, v in row.items()) for row in value]
        return f"“{form.table(name).label}”中" + "；".join(rows)
    known = {f.name: f.label for f in form.fields}
    return _said(known.get(name, name), value)


def _said(label: str, value: object) -> str:
    if value is None or value == "":
        return f"{label}不填"
    return f"{label}填 {value:,g}" if isinstance(value, int | float) else f"{label}填“{value}”"

"""xltools template --sample: invented fillings of a form, to try it out before it is sent to anybody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.console import Console, aligned
from xltools.errors import UsageError
from xltools.form.model import Form
from xltools.jobs.outputs import Outputs
from xltools.rules.registry import cards
from xltools.rules.select import words
from xltools.sampling.base import Values
from xltools.sampling.sampler import Sampler
from xltools.writing.department.make import file_name

LIST = "list"
MOST = 1000
TOO_MANY = Pair("--sample 为 1 至 {most}，现为 {count}", "--sample takes 1 to {most}, not {count}")
FOLDER = Pair(
    "--sample 写到文件夹，-o 应为文件夹，现为 {path}", "--sample writes to a folder; -o names a workbook: {path}"
)
ALONE = Pair("--sample 不能与 {options} 同时使用", "--sample and {options} exclude each other")
NEEDS_SAMPLE = Pair("--break 要和 --sample 一起使用", "--break goes with --sample")
MADE = Pair(
    "已在 {folder} 生成 {count} 份随机填报：满足全部规则", "{count} invented fillings in {folder}: all rules hold"
)
MADE_BROKEN = Pair(
    "已在 {folder} 生成 {count} 份随机填报：每份只违反 {codes}",
    "{count} invented fillings in {folder}: each breaks {codes} alone",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How many fillings, which rules they break, and the seed they are made from."""

    count: int
    codes: tuple[str, ...] = ()
    seed: int = 1


def wanted(count: int | None, broken: tuple[str, ...], seed: int) -> Wanted:
    """Return what is asked for; raise UsageError for what cannot be."""
    codes = tuple(dict.fromkeys(code if code == LIST else code.upper() for code in words(broken)))
    if count is None and LIST not in codes:
        raise UsageError(NEEDS_SAMPLE)
    if count is not None and not 1 <= count <= MOST:
        raise UsageError(TOO_MANY.format(most=MOST, count=count))
    return Wanted(count=count or 0, codes=codes, seed=seed)


def write(form: Form, what: Wanted, output: Path | None, outputs: Outputs, console: Console) -> int:
    """Write the fillings, each as the workbook of a department of its own."""
    sampler = Sampler(form, outputs.home)
    if LIST in what.codes:
        return _list(form, sampler, console)
    sampler.refuse_unknown(what.codes)
    folder = output or Path(f"{form.id}-样例")
    if folder.suffix.lower() == ".xlsx":
        raise UsageError(FOLDER.format(path=folder))
    outputs.enter(folder)
    targets = {}
    for number in range(1, what.count + 1):
        own = _of_department(form, sampler.base, number)
        targets[folder / file_name(str(own[form.code_field]), str(own[form.name_field]))] = own
    outputs.claim(*((target, "filled") for target in targets))
    for number, (target, own) in enumerate(targets.items(), start=1):
        dice = random.Random(f"{form.id}-{what.seed}-{number}-{','.join(sorted(what.codes))}")
        sample = sampler.breaking(what.codes, dice, own) if what.codes else sampler.clean(dice, own)
        outputs.save(target, sample.data, "filled")
    if what.codes:
        codes = joined(map(same, sorted(what.codes)), "、", ", ")
        console.note(MADE_BROKEN.format(folder=folder, count=what.count, codes=codes))
    else:
        console.note(MADE.format(folder=folder, count=what.count))
    return 0


def _of_department(form: Form, base: Values, number: int) -> Values:
    """Return the code and the name of one of the invented departments."""
    code, name = str(base.get(form.code_field) or ""), str(base.get(form.name_field) or "")
    stem = code.rstrip("0123456789")
    counted = str(int(code[len(stem) :] or 0) + number).zfill(len(code) - len(stem))
    return {form.code_field: stem + counted, form.name_field: f"{name}{number}"}


def _list(form: Form, sampler: Sampler, console: Console) -> int:
    """Print the codes that --break knows, with the names of their rules."""
    names = {card.code: card.name for card in cards()}
    names |= {rule.code: Pair(rule.name, rule.name_en or rule.code) for rule in form.rules}
    known = [(code, names[code]) for code in sampler.known]
    print("\n".join(aligned([(code, name.text(console.lang)) for code, name in known])))
    return 0

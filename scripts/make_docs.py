"""Writes docs/rules/, docs/cli.md and docs/forms.md from the cards, the commands and the definitions; --check compares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent))

from xltools.cli import main as cli
from xltools.editing.key_words import PARTS, undocumented
from xltools.form import form_folders, open_form
from xltools.form import model as m
from xltools.form.loader import BASE_CASE
from xltools.output.schema import schema_text
from xltools.rules.catalogue import by_family, entries, page

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = "<!-- 由 scripts/make_docs.py 生成，请勿手工修改 -->\n\n"
WIDTH = 100


def forms() -> list[m.Form]:
    """Return the shipped forms."""
    return [open_form(name) for name in form_folders()]


def rule_pages() -> dict[str, str]:
    """Return docs/rules: a page a code, and the table of all codes."""
    known = entries(forms())
    found = {f"rules/{code}.md": f"{MADE}{page(entry)}\n" for code, entry in known.items()}
    lines = ["# 审核规则", "", f"共 {len(known)} 条。`xltools rules 编号` 显示同样的内容。", ""]
    for family, members in by_family(known).items():
        lines += [
            f"## {family} {members[0].family.zh}".rstrip(),
            "",
            "| 编号 | 级别 | 名称 | 表格 |",
            "|---|---|---|---|",
        ]
        for entry in members:
            for card, own in entry.meanings:
                where = "、".join(own)
                lines.append(
                    f"| [{card.code}]({card.code}.md) | {m.LEVEL_WORDS[card.level]} | {_cell(card.name.zh)} | {where} |"
                )
        lines.append("")
    found["rules/README.md"] = MADE + "\n".join(lines)
    return found


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def cli_page() -> str:
    """Return docs/cli.md: every command's --help."""
    parts = [f"{MADE}# 命令行", _help(cli, "xltools")]
    for name in cli.list_commands(click.Context(cli)):
        parts += [f"## xltools {name}", _help(cli.commands[name], f"xltools {name}")]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str) -> str:
    settings = {**cli.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, **settings)
    return f"```\n{command.get_help(context).rstrip()}\n```"


HOW = f"""# 表格

一套表格是一个文件夹：`form.toml`（总则、工作表、等级）、`fields.toml`（单元格）、`tables.toml`（表格和固定行）、
`rules.toml`（审核公式）、`{BASE_CASE}`（一份没有问题的填报，规则的用例以它为底），
另可有 `narrative.toml`（自评报告里怎样找到这些数字）、`indicators.toml`（绩效指标表里哪一列是名称、单位、方向、目标、
实际、分值，哪些分组必须有指标；不写则不审“指标质量” KQ，所用的词及理由在 `workbook_templates/indicators.toml`）
和 `editions/`（下发过的旧版本）。程序不认得任何一个具体的单元格：
换一个年度、一个地区、一种表格，只改这些文件。

```
xltools forms                                    现有的表格
xltools forms copy guangdong-2023 本局表格        复制一套
xltools template guangdong-2023 --forms 本局表格  用改过的定义生成填报表
xltools check 报送件 --forms 本局表格             用改过的定义审核
```

改分值、等级、文字或公式后，填报表、审核、消息和汇总随之改变，不用再改别处。写错时程序指出文件、位置和最接近的正确写法。
指标、分值和等级以本级财政部门下发的附件为准。

## 版本

一套表格下发后又改动的，把下发时的文件（除 `editions` 外的全部）复制到 `editions/版本号/`，再改定义、提高 `form.toml` 中的
`version`。此后：

- 报来的仍是旧版表格的，按旧版的分值、公式和规则审核，只提示一句（ST025），不当作改动；定义既不是现行版本、也不是这些旧版的，仍报 ST017。
- 退回件和 `template --previous` 生成的是现行版本：内容按单元格名称带入，改过名称的写在 `aliases` 中；现行版本没有的项目，
  退回件列在“未识别内容”表里。
- 汇总把新旧版本放在一起，按名称对应；旧版没有的项目为空。分值和表头以现行版本为准。
- `xltools forms`、`xltools rules` 和本页只列现行版本；旧版规则的编号也可用于 `--select`、`--ignore`。"""


def forms_page() -> str:
    """Return docs/forms.md: how to make one's own, the shipped forms, every key of a definition."""
    parts = [MADE + HOW, "## 现有的表格"]
    parts += [_form(form) for form in forms()]
    parts.append("## 定义中的各项")
    for name, part, keys, _ in PARTS:
        head = f"[{part}]" if part in ("form", "guide", "common") else f"[[{part}]]"
        table = "\n".join(f"| `{key}` | {_cell(words)} |" for key, words in keys.items())
        parts.append(f"### {name}：`{head}`\n\n| 项 | 含义 |\n|---|---|\n{table}")
    parts.append(
        "### tables.toml：`[[row]]`\n\n`table` 写属于哪个表格，其余各项为 列 = 值；以 = 开头的文本是该单元格的公式。"
    )
    return "\n\n".join(parts) + "\n"


def _form(form: m.Form) -> str:
    inputs = sum(f.is_input for f in form.fields)
    bands = "、".join(f"{b.grade} ≥{b.low:g}" for b in form.bands)
    lines = [
        f"### {form.id}　{form.title}",
        f"{form.region}，{form.year} 年度，版本 {form.version}，金额单位{form.unit}。{form.guide.source_note}",
        f"单独的填报项 {inputs} 个，审核公式 {len(form.rules)} 条。等级：{bands}。",
    ]
    for table in form.tables:
        if not table.is_fixed:
            columns = "、".join(c.label for c in table.columns if not c.hidden and c.name != m.STATE_COLUMN)
            lines.append(f"“{table.label}”：{table.capacity} 行，列：{columns}。")
    lines += [_scores(table) for table in form.tables if table.weight_column]
    return "\n\n".join(lines)


def _scores(table: m.Table) -> str:
    columns = [*table.group_columns, table.title_column or "", table.weight_column or ""]
    shown = list(dict.fromkeys(c for c in columns if c))
    lines = ["| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    for row in table.rows:
        cells = [row.get(c) for c in shown]
        lines.append("| " + " | ".join(f"{c:g}" if isinstance(c, int | float) else _cell(c) for c in cells) + " |")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every generated page: path below docs/ → text."""
    return {**rule_pages(), "cli.md": cli_page(), "forms.md": forms_page(), "report.schema.json": schema_text()}


def differences(folder: Path) -> list[str]:
    """Return the pages that are missing, old, or belong to no rule any more."""
    made = pages()
    old = [n for n, text in made.items() if not (folder / n).is_file() or _read(folder / n) != text]
    left = [p for p in sorted((folder / "rules").glob("*.md")) if f"rules/{p.name}" not in made]
    return old + [f"rules/{p.name}" for p in left]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(folder: Path) -> None:
    """Write every page; remove those of rules that are gone."""
    made = pages()
    for path in (folder / "rules").glob("*.md"):
        if f"rules/{path.name}" not in made:
            path.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write or check the pages; 1 when one is not current."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    check = arguments.parse_args().check
    wrong = undocumented()
    if wrong:
        print(f"xltools/editing/key_words.py does not fit the definition: {', '.join(wrong)}")
        return 1
    old = differences(DOCS)
    if not check:
        write(DOCS)
    print("\n".join(f"{'not current' if check else 'written'}: docs/{name}" for name in old) or "all current")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())

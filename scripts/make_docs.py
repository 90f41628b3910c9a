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
from xltools.form.scoring import told
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

一套表格规定填报表有哪些单元格、怎么计算、怎么审核、怎么汇总。程序不认得任何一个具体的单元格：换一个年度、一个地区、一种表格，
只改定义。定义可以在 Excel 里改，也可以直接改文本文件；两种办法得到的是同一套定义。
指标、分值和等级以本级财政部门下发的附件为准。

## 半小时做一套自己的表格

以下照着做一遍约半小时。命令在存放文件的文件夹里运行，`附件3.xlsx` 是本级通知所附的指标表。

### 1. 有一份 定义.xlsx（2 分钟）

两种起点，任选一种：

```
xltools forms export project-2023 -o 定义.xlsx    由现有的表格开始
xltools forms new 附件3.xlsx -o 草稿              由通知的指标表开始，得到 草稿/定义.xlsx
```

`forms new` 读 .xlsx 或 .docx 里的指标表：一级、二级、三级指标，分值（权重），评分标准；合并单元格、小计、写在名称后面的
“（15分）”都认得；几个指标合用一个合并的分值格的，合成一行，并列出请核对。没有看懂的行和列、各级分值与下面各行合计不符的，逐条列出；没有一级指标表头的、图片和扫描件读不了。
草稿里各行由部门自己打分；要由公式计算的行、金额和人数等填报项，在下一步补上。

### 2. 在 Excel 里修改（15 分钟）

先看“说明”页。常改的几处：

| 要改什么 | 在哪里 |
|---|---|
| 表格名称、年度、编号、截止日期、联系人、等级的分数线 | 表单；改年度的，“字段”中年度的预填值、“样例”中的年度和填报日期一起改 |
| 指标、分值、评分标准；增加一个指标就增加一行 | 表格与指标（标题旁和“检查：小计”列随时给出分值合计） |
| 增加一个填报项 | 字段（名称、栏目、类型必填）；必填的，在“样例”里补一个值 |
| 下拉列表、计算公式 | 下拉选项、公式 |
| 增加一条审核规则 | 审核规则（照相近的一条复制一行，改编号），在“规则用例”里写一个会报的、一个不报的例子 |

“表单”页（部分）：

![定义.xlsx 的“表单”页](images/定义-表单.png)

“表格与指标”页的得分表：产出、效益、满意度的分值由本局定，改“分值”一列即可，标题旁随时给出合计。改了分值的，“样例”和
“规则用例”里按原分值写的行也要改，第 3 步的检查逐处指出。

![“表格与指标”页的得分表](images/定义-指标.png)

- `【…】`是一块的标题，标题和列名不改；列名上有批注，说明这一列填什么。
- 一格里有几项的，一行一项（Alt+Enter）。空着表示没有写，“（空）”表示写明没有内容。
- 灰色的“检查”列是公式：重名、名称里有空格括号、没有这个栏目、公式里的字段被改名，当场显示 ×。
- 改字段名称时，公式、规则、样例里的名称一起改，原名称写进“旧名称”，以前填的才能带过来。

### 3. 检查（5 分钟）

```
xltools forms check 定义.xlsx -o 定义_检查.xlsx
```

逐条说明：写法有没有错，空白填报表有没有错误值，样例审核后是否没有问题，每条规则的用例是否得到应得的状态，每条规则是否都有
会报和不报的例子。每处问题指出工作表、单元格和最接近的正确写法；有问题时，`定义_检查.xlsx` 里这些单元格标红并有批注，
第一页“问题”列出全部，改好的副本可以直接再用。退出码 0 为没有问题，1 为有问题，2 为没法检查。
没有检查的是 Excel、WPS、LibreOffice 算得是否一致，下发前请用本单位的软件试填一份。

### 4. 使用（5 分钟）

```
xltools forms import 定义.xlsx -o 本局表格
xltools template project-2023 --forms 本局表格 -o 空白表.xlsx
xltools check 空白表.xlsx --forms 本局表格
```

`forms import` 先做第 3 步里“写法”的检查，有错就不生成，并在输出文件夹里放一份标明问题的副本。定义写成文本文件，
放在以表格编号命名的文件夹里；已经有的文件只在加 `--force` 时替换，Word 模板 `narrative.docx` 从不替换。
此后 `template`、`check`、`summary` 都加 `--forms 本局表格`。

下发前可用随机填报试一试：

```
xltools template project-2023 --forms 本局表格 --sample 3 -o 试填
xltools template project-2023 --forms 本局表格 --sample 1 --break BA302 -o 试错
```

`--sample N` 生成 N 份以样例为底、金额和指标各不相同的填报，逐份审核过，满足全部规则；加 `--break` 则每份只违反所写的规则（几条用逗号分开，
`--break list` 列出可用的编号），用来看退回件和审核结果是什么样子。有的规则不能单独违反（如判定分超过分值，所在行的得分也就超过分值），
这时不生成，说明还会违反哪些。表格自己的规则都可以写（按规则的公式，或按它“会报”的用例）；程序自带的规则只有 `--break list` 列出的几条，
其余的（文件、结构、自评报告、整批对照）不是填法造成的。同样的 `--seed` 得到同样的填报。

### 5. 下一年，或下发以后又改（3 分钟）

```
xltools forms diff project-2023 定义.xlsx
xltools forms diff project-2023 定义.xlsx -o 与上年相比.xlsx
```

列出新增、删除、改名、分值、级别、公式、文字和设置的变动。两边可以是表格编号、编号@版本、文件夹或 定义.xlsx。
已经下发的表格改动后，请在“表单”里换一个版本号，见下文“版本”。

下一年的表格另起一个编号（如 project-2024）。`template 编号 --forms 本局表格 --previous 上年报送` 由上年的工作簿带入，各部门的
“填表说明”末尾列出与上年表格相比改了什么：指标和填报项的新增、取消、改名，分值、等级下限、填报要求、算法和审核级别的改动。

![“填表说明”末尾的“与上年（上一版）表格相比”](images/与上年相比.png)

## 直接改文本文件

一套表格是一个文件夹：`form.toml`（总则、工作表、等级）、`fields.toml`（单元格）、`tables.toml`（表格和固定行）、
`rules.toml`（审核公式）、`{BASE_CASE}`（一份没有问题的填报，规则的用例以它为底），
另可有 `narrative.toml`（自评报告里怎样找到这些数字）、`plausible.toml`（审核时的常识）、
`indicators.toml`（绩效指标表里哪一列是名称、单位、方向、目标、实际、分值，哪些分组必须有指标；不写则不审“指标质量” KQ，
所用的词及理由在 `workbook_templates/indicators.toml`）和 `editions/`（下发过的旧版本）。

```
xltools forms                                    现有的表格
xltools forms copy guangdong-2023 本局表格        复制一套
```

改分值、等级、文字或公式后，填报表、审核、消息和汇总随之改变，不用再改别处。写错时程序指出文件、位置和最接近的正确写法。
`forms export` 不带文本文件里的注释，`forms import` 写出的文件也没有注释。

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
            lines += [f"计分方法：{'；'.join(p.zh for p in told(table.scoring))}。"] if table.scoring else []
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

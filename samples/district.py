"""Makes a larger, openly invented district: a roster and the workbooks of 80 departments, the same ones every time."""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xltools.intake.roster import Department
from xltools.jobs.common import workspace
from xltools.recalc.workspace import Workspace
from xltools.rules.diagnosis.equations import equations
from xltools.sampling.amounts import Amounts
from xltools.sampling.base import clean_values
from xltools.writing.department.make import file_name, workbook
from xltools.writing.files import save

FORM, AREA, SEED = "guangdong-2023", "示例区", 2023
BODIES: dict[str, str] = {
    "行政政法科": "委办公室 人大办公室 政府办公室 政协办公室 纪律检查委员会 委组织部 委宣传部 委统一战线工作部 委政法委员会 "
    "信访局 司法局 公安分局 档案馆 机关事务服务中心 总工会 妇女联合会",
    "教科文科": "教育局 科学技术局 文化和旅游局 体育局 融媒体中心 图书馆 博物馆 文化馆 青少年宫 科学技术协会 党校",
    "社会保障科": "民政局 人力资源和社会保障局 卫生健康局 医疗保障局 退役军人事务局 残疾人联合会 红十字会 "
    "疾病预防控制中心 妇幼保健院 社会福利院 就业服务中心",
    "经济建设科": "发展和改革局 住房和城乡建设局 交通运输局 生态环境分局 自然资源分局 城市管理和综合执法局 应急管理局 "
    "重点建设项目中心 公路养护中心 市政园林中心 环境监测站 消防救援大队 气象局",
    "农业农村科": "农业农村局 水务局 林业局 供销合作联社 农业技术推广中心 动物疫病预防控制中心 水文监测站 "
    "河道管理所 农产品质量检测站 乡村振兴服务中心",
    "企业资产科": "财政局 审计局 统计局 工业和信息化局 商务局 市场监督管理局 国有资产监督管理局 投资促进局 "
    "政务服务数据管理局 金融工作局 税务协作中心 中小企业服务中心 会展服务中心 产业园区管理委员会 "
    "街道办事处（一） 街道办事处（二） 街道办事处（三） 镇人民政府（一） 镇人民政府（二）",
}
HEADS = {
    "图书馆": "文化和旅游局",
    "博物馆": "文化和旅游局",
    "文化馆": "文化和旅游局",
    "疾病预防控制中心": "卫生健康局",
    "妇幼保健院": "卫生健康局",
    "公路养护中心": "交通运输局",
}
"""Units that report beside their head department, whose figures hold theirs."""
FOLLOWING = ("一般公共预算财政拨款收入", "调整数", "财政核定全年预算数")
"""Besides the totals, what follows from the lines: what income lacks to expenditure, and what the budget says."""
SILENT, UNBALANCED, OVER, UNEXPLAINED, TWICE = (13, 66), (21, 58), (35,), (9, 44, 71), (27,)
"""Places in the district: who sends nothing, whose account does not balance, who scores above the weight,
who executed too little and does not say why, and who sends the same workbook twice."""
TARGETS = (
    ("日常检查次数", "次", 60, 400),
    ("服务群众人次", "人次", 800, 9000),
    ("培训场次", "场", 6, 40),
    ("项目完成个数", "个", 3, 24),
    ("信息报送篇数", "篇", 40, 300),
    ("办理事项件数", "件", 200, 3000),
)
EFFECTS = (("服务对象满意度", 90), ("按时办结率", 95), ("设施完好率", 92), ("政策知晓率", 85))
REASONS = (
    "部分项目前期工作时间较长，资金在年末集中支付",
    "项目招标推迟，合同款结转下年支付",
    "受施工条件影响，进度款未达付款节点",
)
PROBLEMS = (
    "部分项目启动较晚，支出进度前慢后快。",
    "个别绩效指标不够量化，年初目标设置偏保守。",
    "合同备案不够及时，采购计划与预算衔接不紧。",
    "资产使用效率不高，盘点后的账务处理滞后。",
)
REMEDIES = (
    "提前做好项目前期工作，按月通报支出进度。",
    "修订绩效指标库，增加可核验的量化指标。",
    "落实合同备案台账，专人跟踪。",
)


@dataclass(slots=True)
class Member:
    """One department of the district."""

    place: int
    code: str
    name: str
    office: str
    head: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> Department:
        """Its line of the roster."""
        budget = self.values["财政核定全年预算数"]
        cells: dict[str, str | int | float] = {"部门编码": self.code, "部门名称": self.name, "归口科室": self.office}
        cells |= {"联系人": "示例甲", "电话": "020-00000000", "财政核定全年预算数": budget, "主管部门": self.head}
        return Department(self.code, self.name, self.office, self.head, cells)


def district(seed: int = SEED, count: int = 80) -> list[Member]:
    """Return the departments with what each fills in; the same for the same seed."""
    members: list[Member] = []
    for number, (office, names) in enumerate(BODIES.items(), start=1):
        for place, name in enumerate(names.split(), start=1):
            head = AREA + HEADS[name] if name in HEADS else ""
            members.append(Member(len(members) + 1, f"{number:02d}{place:03d}", AREA + name, office, head))
    for member in members[:count]:
        dice = random.Random(f"{seed}-{member.place}")
        member.values = filled(member, dice)
    return members[:count]


def filled(member: Member, dice: random.Random) -> dict[str, Any]:
    """Return everything one department types."""
    size = dice.lognormvariate(7.6, 0.9) * (0.25 if member.head else 1.0)
    values: dict[str, Any] = {"部门编码": member.code, "部门名称": member.name, "年度": 2023, "日期": "2024-03-28"}
    values |= {"填报人": "示例甲", "负责人": "示例乙", "电话": "020-00000000"}
    values |= people(dice, size)
    lines = money(member, dice, size)
    values |= with_totals(lines | purchases(dice, lines))
    values["产出指标"], values["效益指标"] = outputs(dice), effects(dice)
    values["评分"] = judged(member, dice)
    values |= words(dice)
    if member.place in UNBALANCED:
        values["收入总计"] = round(values["收入总计"] + 0.18, 2)
    return values


def people(dice: random.Random, size: float) -> dict[str, Any]:
    """Posts, staff and retired."""
    posts = max(8, int(size / 45 * dice.uniform(0.7, 1.2)))
    retired = int(posts * dice.uniform(0.1, 0.5))
    return {
        "内设科室数": max(2, posts // 9),
        "独立编制机构数": 1,
        "编制数": posts,
        "在职人数": posts - dice.randint(0, max(1, posts // 10)),
        "离退休人数": retired,
        "养老保险基金发放人数": retired,
    }


def money(member: Member, dice: random.Random, size: float) -> dict[str, Any]:
    """Income, expenditure and budget: the lines, of which the form's own rules make the totals and the rates."""
    budget = round(size, 2)
    low = member.place in UNEXPLAINED or dice.random() < 0.09
    spent = round(budget * (dice.uniform(0.68, 0.89) if low else dice.uniform(0.915, 0.9995)), 2)
    basic = round(spent * dice.uniform(0.35, 0.85), 2)
    staff = round(basic * dice.uniform(0.7, 0.9), 2)
    opening = round(budget * dice.uniform(0, 0.06), 2)
    closing = round(opening * dice.uniform(0.2, 1.1), 2)
    income = round(spent + closing - opening, 2)
    other = round(income * dice.choice((0, 0, 0.01, 0.03)), 2)
    funds = round((income - other) * dice.choice((0, 0, 0, 0.05)), 2)
    lines: dict[str, Any] = {
        "人员经费": staff,
        "公用经费": round(basic - staff, 2),
        "项目支出": round(spent - basic, 2),
    }
    lines |= {"年初结转和结余": opening, "年末结转和结余": closing}
    lines |= {"其他收入": other, "政府性基金预算财政拨款收入": funds}
    lines |= {"全年预算数": budget, "年初预算数": round(budget * dice.uniform(0.88, 1.02), 2)}
    if low and member.place not in UNEXPLAINED:
        lines["核实说明_EX106"] = dice.choice(REASONS)
    return lines


def purchases(dice: random.Random, lines: dict[str, Any]) -> dict[str, Any]:
    """The lines of the three public expenses, of procurement and of assets; contracts are counted."""
    cars, guests = round(dice.uniform(2, 12), 2), round(dice.uniform(0.3, 3), 2)
    found: dict[str, Any] = {"公务用车运行维护费预算数": cars, "公务接待费预算数": guests}
    found["公务用车运行维护费决算数"] = round(cars * dice.uniform(0.8, 1), 2)
    found["公务接待费决算数"] = round(guests * dice.uniform(0.4, 1), 2)
    bought = round(lines["项目支出"] * dice.uniform(0.1, 0.6), 2)
    goods = round(bought * dice.uniform(0.2, 0.7), 2)
    small = round(bought * dice.uniform(0.28, 0.95), 2)
    found |= {"采购货物支出": goods, "采购服务支出": round(bought - goods, 2), "面向中小企业采购额": small}
    contracts = dice.randint(3, 60)
    signed = contracts - (dice.randint(1, max(1, contracts // 8)) if dice.random() < 0.4 else 0)
    found |= {"采购合同数": contracts, "按时签订合同数": signed, "按时备案合同数": signed - (dice.random() < 0.3)}
    assets = round(lines["全年预算数"] * dice.uniform(0.3, 3), 2)
    found |= {"固定资产总额": assets, "在用固定资产": round(assets * dice.uniform(0.86, 1), 2)}
    return found


def with_totals(lines: dict[str, Any]) -> dict[str, Any]:
    """Return the lines with all that the form's rules make of them; an amount that has no line is 0."""
    form = workspace(None).form(FORM)
    clean, _ = clean_values(form)
    given = [f.name for f in form.fields if f.type in ("amount", "percent") and f.name in (clean or {})]
    values = dict.fromkeys(given, 0) | lines
    totals = {equation.left for equation in equations(form)} | set(FOLLOWING)
    amounts = Amounts.of(form, values, kept=(set(given) - totals) | lines.keys())
    return amounts.settled(values, amounts.exact(values))


def outputs(dice: random.Random) -> list[dict[str, Any]]:
    """Output indicators: three to five with targets, and that nothing went wrong."""
    rows: list[dict[str, Any]] = []
    for name, unit, low, high in dice.sample(TARGETS, dice.randint(3, 5)):
        target = dice.randint(low, high)
        done = target if dice.random() < 0.3 else round(target * dice.uniform(0.9, 1.22))
        row: dict[str, Any] = {"指标名称": name, "单位": unit, "方向": "≥", "年度目标值": target, "实际完成值": done}
        if done < target:
            row["偏差原因"] = dice.choice(("场地维修，两期延后", "上级统一安排调整", "年中任务调减"))
        rows.append(row)
    rows.append({"指标名称": "安全责任事故", "单位": "起", "方向": "≤", "年度目标值": 0, "实际完成值": 0})
    return rows


def effects(dice: random.Random) -> list[dict[str, Any]]:
    """Benefit indicators: two rates and one that cannot be counted."""
    rows: list[dict[str, Any]] = []
    for name, target in dice.sample(EFFECTS, 2):
        done = round(min(100.0, target + dice.uniform(-4, 8)), 2)
        row: dict[str, Any] = {"指标名称": name, "单位": "%", "方向": "≥", "年度目标值": target, "实际完成值": done}
        if done < target:
            row["偏差原因"] = "新增服务事项较多，仍在磨合"
        rows.append(row)
    share = dice.choice((100, 95, 92, 90, 85))
    quality: dict[str, Any] = {
        "指标名称": "促进行业规范发展",
        "方向": "定性",
        "完成档次": "达成预期",
        "达成比例": share,
    }
    if share < 100:
        quality["偏差原因"] = "个别领域成效尚待巩固"
    return [*rows, quality]


def judged(member: Member, dice: random.Random) -> list[dict[str, Any]]:
    """The scores a department gives itself: mostly full, points lost with a reason."""
    form = workspace(None).form(FORM)
    table = form.table("评分")
    strict = dice.uniform(0.06, 0.5)
    rows: list[dict[str, Any]] = []
    for row in table.rows:
        if str(row.get("自评得分", "")).startswith("="):
            continue
        weight = float(row["分值"] or 0)  # type: ignore[arg-type]
        lost = weight * dice.choice((0.1, 0.2, 0.25, 0.5)) if dice.random() < strict else 0.0
        own: dict[str, Any] = {"指标": row["指标"], "自评得分": round(weight - lost, 1)}
        full = own["自评得分"] >= weight
        own["佐证材料" if full else "扣分原因"] = "制度文件和工作台账" if full else "年内有一次不够规范，已整改"
        rows.append(own)
    if member.place in OVER:
        rows[1]["自评得分"] = 5
    return rows


def words(dice: random.Random) -> dict[str, Any]:
    """The narrative texts."""
    return {
        "部门职能": "负责本领域的规划、管理和公共服务（示例）。",
        "年度工作任务": "完成年度重点工作，保障重点支出（示例）。",
        "存在问题": "".join(dice.sample(PROBLEMS, 2)),
        "改进措施": "".join(dice.sample(REMEDIES, 2)),
    }


def roster_csv(members: list[Member]) -> bytes:
    """Return the roster."""
    out = io.StringIO()
    titles = ("部门编码", "部门名称", "归口科室", "联系人", "电话", "财政核定全年预算数", "主管部门")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(titles)
    rows.writerows([member.line.values[t] for t in titles] for member in members)
    return out.getvalue().encode("utf-8-sig")


def write(folder: Path, members: list[Member], shop: Workspace) -> int:
    """Write the roster and the workbooks; return how many workbooks."""
    form, count = shop.form(FORM), 0
    save(folder / "名册.csv", roster_csv(members))
    for member in members:
        if member.place in SILENT:
            continue
        data = workbook(shop, form, member.values, member.line)
        names = [file_name(member.code, member.name)]
        names += [file_name(member.code, member.name, "（再次报送）")] if member.place in TWICE else []
        for name in names:
            save(folder / "报送件" / name, data)
            count += 1
    return count


def main() -> int:
    """Write the district into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=80, help="how many departments")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    made = write(options.folder, district(options.seed, options.count), workspace(None))
    print(f"{made} workbooks and the roster are in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

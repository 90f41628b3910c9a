"""Sentences at which NA001 speaks: a figure of the narrative differs from the workbook; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change

change("NA001", "收入总额1250.00万元", "收入总额1350.00万元")
change("NA001", "项目支出380.00万元", "项目支出308.00万元")
change("NA001", "在职人员45人", "在职人员54人")
change("NA001", "其中由养老保险基金发放养老金的12人", "其中由养老保险基金发放养老金的21人")
change("NA001", "执行数1190.00万元", "执行数1109.00万元")
change("NA001", "公务接待费预算数1.00万元", "公务接待费预算数1.10万元")
change("NA001", "政府采购货物支出30.00万元", "政府采购货物支出35.00万元")
change("NA001", "评分为97.29分", "评分为98.29分")
change("NA001", "实际760人次", "实际780人次")
change("NA001", "预期≥120次", "预期≥130次")
change("NA001", "“绩效管理制度执行”自评得分9分", "“绩效管理制度执行”自评得分9.5分")
change("NA001", "采购管理自评得分9.95分", "采购管理自评得分9.59分")
change("NA001", "完成预算的96.75%", "完成预算的86.75%")
change("NA001", "占政府采购支出总额的75.00%", "占政府采购支出总额的57.00%")

"""The columns of a roster of departments, and how rosters kept for other purposes call them."""

from __future__ import annotations

CODE, NAME, OFFICE, PARENT = "部门编码", "部门名称", "归口科室", "主管部门"
SCOPE = "口径"
"""本级: a head department's workbook holds its own figures only; anything else: its units' figures too."""
APPROVED = "财政核定全年预算数"
COLUMNS = (CODE, NAME, OFFICE, "联系人", "电话", APPROVED, PARENT, SCOPE)
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    CODE: ("部门代码", "单位编码", "单位代码", "预算单位编码", "预算单位代码", "预算编码", "编码", "代码"),
    NAME: ("单位名称", "预算单位名称", "预算单位", "部门", "单位", "名称"),
    OFFICE: ("主管科室", "业务科室", "对口科室", "管理科室", "归口股室", "业务股室", "科室", "股室"),
    "联系人": ("联系人姓名", "经办人", "填报人"),
    "电话": ("联系电话", "电话号码", "联系方式", "手机", "手机号", "手机号码", "联系人电话"),
    APPROVED: ("核定全年预算数", "财政核定预算数", "核定预算数"),
    PARENT: ("主管单位", "上级单位", "上级部门"),
}
"""How rosters kept for other purposes call these columns."""

"""Chinese words for what the contract names in English: verdicts, severities, fields."""

from __future__ import annotations

from domain.kinds import Outcome, Severity, Verdict

VERDICTS = {Verdict.FAIL: "不符合", Verdict.REVIEW: "待人工复核", Verdict.PASS: "未发现问题"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "待核", Severity.INFO: "提示"}
OUTCOMES = {
    Outcome.FLAGGED: "有问题",
    Outcome.CRASHED: "程序出错，请人工核对",
    Outcome.UNSURE: "请人工核对",
    Outcome.PASSED: "符合",
    Outcome.NOT_APPLICABLE: "本次不涉及",
}
"""Gravest first."""
FIELDS = {
    "name": "姓名",
    "id_number": "身份证号",
    "employer": "单位",
    "issuer": "出具单位",
    "issue_date": "出具日期",
    "title": "题名/名称",
    "speciality": "专业",
    "number": "编号",
    "obtained": "取得时间",
    "province": "省份",
    "journal": "刊名",
    "issn": "ISSN",
    "cn": "CN刊号",
    "year": "年份",
    "issue": "期号",
    "sponsor": "主办单位",
    "authors": "作者",
    "pages": "页码",
    "article_number": "文章编号",
    "source": "来源",
    "total": "总学时",
    "professional": "专业科目学时",
    "industry_public": "行业公需学时",
    "general_public": "一般公需学时",
    "category": "科目类别",
    "hours": "学时",
    "start": "起",
    "end": "止",
    "position": "职务",
    "result": "结果",
    "page": "页码",
}

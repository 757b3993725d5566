"""Chinese words for what the contract names in English: verdicts, severities, kinds, fields."""

from __future__ import annotations

from domain.kinds import EvidenceKind, HoursCategory, Outcome, Severity, Verdict

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
KINDS = {
    EvidenceKind.CE_RECORD: "继续教育学时登记证明",
    EvidenceKind.QUALIFICATION_CERTIFICATE: "资格证书",
    EvidenceKind.APPOINTMENT_LETTER: "聘书",
    EvidenceKind.ANNUAL_ASSESSMENT: "年度考核表",
    EvidenceKind.JOURNAL_COVER: "期刊封面",
    EvidenceKind.JOURNAL_COPYRIGHT: "期刊版权页",
    EvidenceKind.JOURNAL_CONTENTS: "期刊目录",
    EvidenceKind.PAPER_ARTICLE: "论文正文",
    EvidenceKind.PAPER_RETRIEVAL: "论文检索页",
    EvidenceKind.JOURNAL_QUERY: "期刊查询页",
    EvidenceKind.ID_PHOTO: "证件照",
    EvidenceKind.ID_CARD: "身份证",
    EvidenceKind.EDUCATION_CERTIFICATE: "学历学位证书",
    EvidenceKind.EDUCATION_QUERY: "学历查询页",
    EvidenceKind.FOREIGN_DEGREE_CERTIFICATION: "国（境）外学历认证书",
    EvidenceKind.SOCIAL_SECURITY_PROOF: "社保证明",
    EvidenceKind.POST_INFORMATION_FORM: "岗位信息表",
    EvidenceKind.EXCEPTIONAL_PROMOTION_FORM: "破格审批表",
    EvidenceKind.REVIEW_FORM: "评审表",
    EvidenceKind.ROSTER: "花名册",
    EvidenceKind.EXPERT_RECOMMENDATION: "专家举荐意见",
    EvidenceKind.QUANTITATIVE_ASSESSMENT: "量化评价表",
    EvidenceKind.TRUTHFULNESS_COMMITMENT: "真实性保证书",
    EvidenceKind.PUBLICITY_RESULT: "公示结果",
    EvidenceKind.AWARD_CERTIFICATE: "获奖证书",
    EvidenceKind.PROJECT_REPORT: "项目报告",
    EvidenceKind.ENTRUSTMENT_LETTER: "委托书",
    EvidenceKind.PAPER: "论文（合订）",
    EvidenceKind.OTHER: "其他材料",
}
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
CATEGORIES = {
    HoursCategory.PROFESSIONAL: "专业科目",
    HoursCategory.INDUSTRY_PUBLIC: "行业公需科目",
    HoursCategory.GENERAL_PUBLIC: "一般公需科目",
}

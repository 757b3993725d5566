"""Chinese names of what the code calls by English words; every page and message takes them from here."""

from __future__ import annotations

from types import MappingProxyType

from domain.kinds import EvidenceKind, HoursCategory

KIND_NAMES = MappingProxyType(
    {
        EvidenceKind.CE_RECORD: "继续教育学时登记证明",
        EvidenceKind.QUALIFICATION_CERTIFICATE: "资格证书",
        EvidenceKind.APPOINTMENT_LETTER: "聘书",
        EvidenceKind.ANNUAL_ASSESSMENT: "年度考核表",
        EvidenceKind.JOURNAL_COVER: "期刊封面",
        EvidenceKind.JOURNAL_COPYRIGHT: "期刊版权页（刊号页）",
        EvidenceKind.JOURNAL_CONTENTS: "期刊目录",
        EvidenceKind.PAPER_ARTICLE: "论文正文",
        EvidenceKind.PAPER_RETRIEVAL: "论文检索页",
        EvidenceKind.JOURNAL_QUERY: "期刊查询页",
        EvidenceKind.ID_PHOTO: "证件照",
        EvidenceKind.ID_CARD: "身份证",
        EvidenceKind.EDUCATION_CERTIFICATE: "学历学位证书",
        EvidenceKind.EDUCATION_QUERY: "学历查询页",
        EvidenceKind.FOREIGN_DEGREE_CERTIFICATION: "国（境）外学历学位认证书",
        EvidenceKind.SOCIAL_SECURITY_PROOF: "社会保险缴纳证明",
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
        EvidenceKind.ENTRUSTMENT_LETTER: "委托证明",
        EvidenceKind.PAPER: "论文材料",
        EvidenceKind.OTHER: "其他材料",
    }
)

CATEGORY_NAMES = MappingProxyType(
    {
        HoursCategory.PROFESSIONAL: "专业科目",
        HoursCategory.INDUSTRY_PUBLIC: "行业公需科目",
        HoursCategory.GENERAL_PUBLIC: "一般公需科目",
    }
)

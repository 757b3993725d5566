"""The labels that forms are known to bear, and where the next one begins in a line."""

from __future__ import annotations

import re


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written with spaces between them."""
    return tuple(text.split())


STOP_LABELS: tuple[str, ...] = words(
    """
    社会保障号码 社会保障号 个人编号 参保单位 聘任单位 用人单位 入职时间 单位 时间 日期 结果 等次
    电子邮箱 姓名 性别 民族 出生年月 出生日期 身份证号码 身份证号 身份证件号码 公民身份号码 证件号码
    证件类型 工作单位 所在单位 单位名称 现工作单位 任职单位 单位全称 单位性质 职称专业 专业名称 申报专业
    评审专业 专业类别 专业技术职务 现任专业技术职务 任职资格名称 资格名称 资格级别 资格等级 任职资格
    职称名称 职称级别 聘任职务 聘任岗位 聘用岗位 证书编号 证书号码 证书号 管理号 批准文号 发文文号
    授予时间 授予日期 取得时间 取得日期 取得资格时间 资格取得时间 评审通过时间 通过时间 评审时间 批准时间
    批准日期 签发日期 发证日期 发证时间 发证单位 发证机关 签发单位 签发机关 批准机关 审批机关 评审组织
    评审机构 评审委员会 评委会名称 颁证机关 填表日期 填表时间 填报单位 填报日期 登记编号 登记机关
    登记单位 登记日期 打印日期 打印时间 考核年度 考核等次 考核结果 考核意见 聘任时间 聘任期限 聘用期限
    聘期 起止时间 联系电话 手机号码 政治面貌 文化程度 最高学历 毕业院校 所学专业 参加工作时间
    继续教育年度 学习年度 备注 职务 职称 学历 编号 照片 电话 序号 身份证 岗位 现任职务 从事专业 技术职称
    评审结果 学时 年度 资格 专业 审批部门 本人签名 签名 联系人 地址 住址 出生 有效期限 职称证书 所在部门
    部门 单位意见 主管部门意见 出生地 籍贯 年龄 专业技术资格 级别 系列 资格系列 备案号 查询网址 验证码
    入学日期 入学时间 毕业日期 毕业时间 毕(结)业日期 毕结业日期 授予学位 学位授予单位 学位类别 学校名称
    院校名称 学历类别 学历层次 培养层次 学习形式 毕(结)业 毕结业结论 校(院)长姓名 校长姓名 在线验证码
    更新日期 报告有效期至 验证报告有效期至 有效期至 证书类别 学科专业 校名 参保单位名称 参保状态 参保险种
    缴费单位 缴费状态 缴费月数 累计缴费月数 缴费起止年月 缴费基数 参保地 险种 险种名称 岗位名称 现聘岗位
    岗位等级 岗位类别 申报资格 申报资格名称 申报职称 拟评资格 现有资格 现任资格 现职称 现任专业技术资格
    申报类型 申报方式 申报系列 主管部门 主管单位 核定岗位数 被举荐人 被推荐人 举荐专家 推荐专家 专家姓名
    举荐意见 推荐意见 研究领域 从事专业领域 专家签名 专家签字 评价项目 自评得分 审核得分 承诺人 保证人
    申报人 申报单位 项目名称 成果名称 奖励名称 奖励等级 获奖等级 获奖者 获奖单位 颁奖单位 授奖单位
    完成单位 主要完成人 证书名称 建设单位 委托单位 编制单位 设计单位 报告编号 项目编号 项目负责人
    技术负责人 法定代表人 公示期 公示时间 公示地点 公示内容 公示方式 公示结果 公示范围 国家/地区
    认证书编号
    """
)
"""Words at which a value ends. Names of fields that a reader of this room asks for belong here too."""

COLONS = ":：;；"
_HARD = re.compile(
    r"姓名|性别|民族|(?:..)(?:号|号码|日期|时间|年月|名称|期限|单位|机关|面貌|院校|等次|结果|程度|年度)$"
)
"""Labels that end a value even where the engine lost their colon."""


def stop_at(text: str, *, short: bool = False) -> int:
    """Where in a flat text the next label begins (its length where none does).

    Words of ordinary text (“职务”, “任职资格”) only count before a colon, unless ``short``.
    """
    ends = [len(text)]
    for label in STOP_LABELS:
        at = text.find(label)
        while at >= 0:
            end = at + len(label)
            coloned = end < len(text) and text[end] in COLONS
            if coloned or short or _HARD.search(label):
                ends.append(at)
                break
            at = text.find(label, at + 1)
    return min(ends)

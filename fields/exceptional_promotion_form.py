"""破格审批表: for which title, on what grounds, and the three places to be stamped."""

from __future__ import annotations

from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.positions import position_or_post
from fields.registry import Found
from fields.seal_places import places
from fields.values import labelled

_APPLIED = words(
    "破格申报资格 拟破格申报资格 申报资格名称 申报何种资格 破格申报职务 申报资格 申报职称 拟评资格"
)
_HELD = words("现任专业技术职务 现任专业技术资格 现专业技术资格 现有资格 现任资格 现职称 现任职务")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer title applied_title``; rows ``place``."""
    own = {
        "title": labelled(sheets, _HELD, position_or_post),
        "applied_title": labelled(sheets, _APPLIED, position_or_post),
    }
    return found(sheets, own, places(sheets))


TOLD = Told(
    EvidenceKind.EXCEPTIONAL_PROMOTION_FORM,
    r"破格.{0,14}(?:审批|申报|推荐|申请|呈报)?表|破格(?:申报|评审)",
    (r"破格", r"审批|意见", r"主管部门", r"业绩|条件"),
    (
        (r"破格(?:条件|理由|申报|类型|原因|依据)", 0.5),
        (r"(?:主要)?业绩|贡献|获奖", 0.1),
        (r"主管部门.{0,4}意见|人(?:力社保|社|事)部门.{0,4}意见|审批意见", 0.25),
    ),
    goes_on=True,
)
READERS = (reader(TOLD, read),)

"""岗位信息表 of public institutions: whose post, and the three places to be stamped."""

from __future__ import annotations

from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.labels import words
from fields.layout import Sheet
from fields.positions import position_or_post
from fields.registry import Found
from fields.seal_places import places
from fields.values import labelled

_POSTS = words("现聘岗位 聘用岗位 现聘任岗位 所聘岗位 岗位名称 现任岗位 拟聘岗位 岗位")
_TITLES = words("申报资格 申报职称 申报资格名称 拟申报职称 拟申报资格 现任专业技术职务 现任职称")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``name employer post title``; rows ``place``."""
    own = {
        "post": labelled(sheets, _POSTS, position_or_post),
        "title": labelled(sheets, _TITLES, position_or_post),
    }
    return found(sheets, own, places(sheets))


TOLD = Told(
    EvidenceKind.POST_INFORMATION_FORM,
    r"岗位信息表|岗位(?:情况|设置).{0,6}(?:信息|情况)?表|岗位(?:聘用)?(?:信息|情况)(?:登记|核准)?表",
    (r"岗位", r"核定|聘用|空缺", r"事业单位", r"主管部门|人力社保|人事"),
    (
        (r"核定岗位|岗位(?:数|总量|空缺|结构比例)|空岗|核准岗位", 0.35),
        (r"聘用岗位|现聘岗位|岗位等级|专业技术岗位", 0.25),
        (r"事业单位|单位性质", 0.15),
        (r"主管部门.{0,4}意见|人(?:力社保|社|事)部门.{0,4}意见", 0.2),
    ),
    r"评审表|破格",
    goes_on=True,
)
READERS = (reader(TOLD, read),)

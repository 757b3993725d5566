"""Kinds: told by content, split into documents, the declared kind only breaking ties."""

from __future__ import annotations

import pytest

from domain.declaration import DeclaredEvidence
from domain.kinds import EvidenceKind, ReadingStatus
from domain.reading import PageQuality, PageReading, Reading
from fields import understand
from fields.registry import DuplicateReaderError, Found, KindReader, Score, catalogue, readers
from tests.fields.pages import document, grid, page, values

LETTER = page(
    [(0.15, 0.3, "兹聘任张三同志为高级工程师，聘期自2014年1月1日起至2016年12月31日止。")], title="聘书"
)
HOURS = grid((0.1, 0.3, 0.5, 0.7), [["年度", "专业科目", "公需科目", "总学时"], ["2018", "62", "34", "96"]])
RUBBISH = page([(0.1, 0.3, "sdf asd 23"), (0.2, 0.6, "无关内容一段文字")])

TITLES = {
    "普通高等学校毕业证书": "education_certificate",
    "教育部学历证书电子注册备案表": "education_query",
    "国（境）外学历学位认证书": "foreign_degree_certification",
    "浙江省社会保险参保证明": "social_security_proof",
    "事业单位人员职称申报岗位信息表": "post_information_form",
    "破格申报高级专业技术资格审批表": "exceptional_promotion_form",
    "专业技术职务任职资格评审表": "review_form",
    "资格审查花名册": "roster",
    "同行专家举荐意见表": "expert_recommendation",
    "环境工程高级工程师量化评价表": "quantitative_assessment",
    "申报材料真实性保证书": "truthfulness_commitment",
    "公示情况证明": "publicity_result",
    "荣誉证书": "award_certificate",
    "项目可行性研究报告": "project_report",
    "委托评审函": "entrustment_letter",
    "浙江省专业技术人员继续教育学时登记证明": "ce_record",
    "专业技术人员公需科目合格证明": "ce_record",
    "高级工程师资格证书": "qualification_certificate",
    "聘任书": "appointment_letter",
    "事业单位工作人员年度考核登记表": "annual_assessment",
}


@pytest.mark.parametrize(("title", "kind"), TITLES.items())
def test_a_title_tells_the_kind(title: str, kind: str) -> None:
    found = document(page([(0.1, 0.3, "姓名：张三"), (0.1, 0.34, "以下无正文，特此说明。")], title=title))
    assert found.kind.name.value == kind
    assert found.kind.confidence > 0.7


def test_a_form_of_direct_recommendation_is_no_experts_opinion() -> None:
    """Else it stood for the two experts' opinions, and was held against them for naming no expert."""
    lines = [(0.1, 0.25, "姓名 王小明"), (0.1, 0.3, "单位推荐意见"), (0.6, 0.5, "盖章")]
    found = document(page(lines, title="直接推荐专业技术职务任职资格审核表"))
    assert found.kind.name.value != "expert_recommendation"


def test_id_card() -> None:
    front = page(
        [
            (0.1, 0.2, "姓名张三"),
            (0.1, 0.25, "性别男民族汉"),
            (0.1, 0.3, "出生1980年1月1日"),
            (0.1, 0.5, "公民身份号码330602198001010011"),
        ]
    )
    found = document(front)
    assert found.kind.name is EvidenceKind.ID_CARD
    assert values(found.facts[0]) == {
        "name": "张三",
        "id_number": "330602198001010011",
        "sex": "男",
        "birth": "1980-01-01",
    }


def test_clear_content_outweighs_the_declaration() -> None:
    assert document(LETTER, declared=EvidenceKind.CE_RECORD).kind.name is EvidenceKind.APPOINTMENT_LETTER


def test_what_says_nothing_is_taken_at_its_word_without_confidence() -> None:
    declared = document(RUBBISH, declared=EvidenceKind.CE_RECORD).kind
    assert (declared.name, declared.confidence < 0.3) == (EvidenceKind.CE_RECORD, True)
    assert document(RUBBISH).kind.name is EvidenceKind.OTHER


def test_a_file_of_several_documents() -> None:
    pages = [page(HOURS, title="继续教育学时登记证明", number=number) for number in (1, 2)]
    found = document(*pages, LETTER.model_copy(update={"number": 3}))
    assert [(each.kind.value, each.pages) for each in found.facts] == [
        ("ce_record", (1,)),
        ("ce_record", (2,)),
        ("appointment_letter", (3,)),
    ]
    assert found.kind.name is EvidenceKind.CE_RECORD


def test_lists_of_several_people_are_no_ones() -> None:
    table = grid((0.1, 0.3, 0.5), [["序号", "姓名", "专业"], ["1", "张三", "建筑"], ["2", "李四", "结构"]])
    assert "name" not in document(page(table, title="资格审查花名册")).facts[0].fields


def test_a_verification_mark_is_no_part_of_the_document() -> None:
    marked = page(
        [*HOURS, (0.6, 0.6, "2019年1月8日"), (0.2, 0.7, "与原件核对一致"), (0.2, 0.75, "日期：2020.8.5")],
        title="继续教育学时登记证明",
    )
    assert document(marked).facts[0].fields["issue_date"].value == "2019-01-08"


def _picture(width: int, height: int, *pages: PageReading) -> Reading:
    bare = PageReading(number=1, width=width, height=height, quality=PageQuality(sharpness=1.0))
    return Reading(
        path="photo.jpg",
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
        status=ReadingStatus.COMPLETE,
        pages=pages or (bare,),
    )


def test_a_small_portrait_picture_without_text_is_an_id_photo() -> None:
    assert understand(_picture(300, 420)).kind.name is EvidenceKind.ID_PHOTO
    assert understand(_picture(1240, 1754, RUBBISH)).kind.name is EvidenceKind.OTHER
    square = _picture(500, 480)
    declared = DeclaredEvidence(file="photo.jpg", kind=EvidenceKind.ID_PHOTO)
    assert understand(square).kind.name is EvidenceKind.OTHER
    assert understand(square, declared).kind.name is EvidenceKind.ID_PHOTO, "its rules judge its shape"


def test_a_scan_blurred_away_is_no_id_photo() -> None:
    """A soft A4 scan, on which nothing was read, was taken for a portrait and passed."""
    blurred = _picture(1240, 1754)
    page = blurred.pages[0]
    soft = page.model_copy(update={"quality": page.quality.model_copy(update={"legible": False})})
    assert understand(blurred.model_copy(update={"pages": (soft,)})).kind.name is not EvidenceKind.ID_PHOTO


def test_an_unreadable_file_keeps_its_declared_kind() -> None:
    found = document(declared=EvidenceKind.ROSTER)
    assert (found.kind.name, found.kind.confidence, found.facts) == (EvidenceKind.ROSTER, 0.0, ())


def test_every_kind_but_the_collective_ones_has_one_reader() -> None:
    collective = {EvidenceKind.PAPER, EvidenceKind.OTHER, EvidenceKind.ID_PHOTO}
    assert set(readers()) == set(EvidenceKind) - collective


def test_two_readers_of_one_kind_are_refused() -> None:
    reader = KindReader(EvidenceKind.ROSTER, lambda _: Score(), lambda _: Found())
    with pytest.raises(DuplicateReaderError, match="roster"):
        catalogue({"one": (reader,), "two": (reader,)})

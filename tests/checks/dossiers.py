"""Made-up dossiers for the tests: one that is in order, and any that hypothesis may think of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from domain.declaration import Declaration
from domain.kinds import EvidenceKind
from domain.plan import Plan
from domain.review import Dossier
from fixtures.checks.builder import file

EMPLOYER = "绍兴样例建设有限公司"
ID_NUMBER = "330602198503124530"
_SEALED = [{"text": "绍兴样例学习中心", "text_confidence": 0.95}]
_OWN_SEAL = [{"text": EMPLOYER, "text_confidence": 0.95}]


def clean_files() -> list[dict[str, Any]]:
    """The evidence of an application that is in order, in the short form of the cases."""
    person = {"name": "陈知远", "id_number": "330602********4530", "employer": EMPLOYER}
    hours = {
        "row": "hours_year",
        "total": 96,
        "professional": 62,
        "industry_public": 14,
        "general_public": 20,
    }
    files: list[dict[str, Any]] = [
        {
            "path": f"ce-{year}.jpg",
            "declared": {"kind": "ce_record"},
            "pages": [{"lines": [f"{year}年度学时登记证明", "姓名 陈知远"], "seals": _SEALED}],
            "facts": [
                {
                    "kind": "ce_record",
                    "fields": person,
                    "rows": [{"row": "hours_year", "year": year, **hours}],
                }
            ],
        }
        for year in (2016, 2017, 2018, 2019)
    ]
    files += [
        {
            "path": f"assessment-{year}.jpg",
            "declared": {"kind": "annual_assessment"},
            "pages": [{"lines": [f"{year}年度考核登记表"], "seals": _OWN_SEAL}],
            "facts": [
                {
                    "kind": "annual_assessment",
                    "fields": {"name": "陈知远", "employer": EMPLOYER},
                    "rows": [{"row": "result", "year": year, "result": "合格"}],
                }
            ],
        }
        for year in (2016, 2017, 2018, 2019)
    ]
    mark = {"signature": {"box": [0.3, 0.8, 0.4, 0.84]}, "date": "2020-08-05", "seal": 1}
    files += [
        {
            "path": "appointment.jpg",
            "declared": {"kind": "appointment_letter", "copy": True},
            "pages": [{"lines": ["聘书"], "seals": [*_OWN_SEAL, *_OWN_SEAL], "marks": [mark]}],
            "facts": [
                {
                    "kind": "appointment_letter",
                    "fields": {"name": "陈知远", "employer": EMPLOYER, "issue_date": "2014-01-01"},
                    "rows": [{"row": "period", "position": "高级工程师", "start": "2014-01-01"}],
                }
            ],
        },
        {
            "path": "certificate.jpg",
            "declared": {"kind": "qualification_certificate"},
            "pages": [{"lines": ["资格证书"], "seals": [{"text": "浙江省样例厅", "text_confidence": 0.95}]}],
            "facts": [
                {
                    "kind": "qualification_certificate",
                    "fields": {
                        "name": "陈知远",
                        "title": "高级工程师",
                        "number": "G20130812",
                        "obtained": "2013-12-20",
                        "issuer": "浙江省人力资源和社会保障厅",
                    },
                }
            ],
        },
        {
            "path": "photo.jpg",
            "declared": {"kind": "id_photo"},
            "kind": "id_photo",
            "facts": [{"kind": "id_photo"}],
            "picture": {
                "width": 413,
                "height": 579,
                "format": "JPEG",
                "background_rgb": [250, 250, 251],
                "background_spread": 3.0,
            },
        },
    ]
    return files


def clean_declaration() -> dict[str, Any]:
    """What the applicant of ``clean_files`` typed in."""
    return {
        "applicant": {
            "name": "陈知远",
            "id_number": ID_NUMBER,
            "employer": EMPLOYER,
            "current_title": {"name": "高级工程师", "obtained": "2013-12"},
        },
        "continuing_education": [
            {"year": year, "total": 96, "professional": 62} for year in range(2016, 2020)
        ],
        "certificates": [
            {"kind": "qualification", "name": "高级工程师", "number": "G20130812", "obtained": "2013-12"}
        ],
        "appointments": [{"position": "高级工程师", "start": "2014-01-01"}],
        "assessments": [{"year": year, "result": f"{year}合格"} for year in range(2016, 2020)],
        "statement": "本人述职",
        "submitted": "2020-08-10",
    }


def dossier(plan: Plan, files: list[dict[str, Any]], declaration: dict[str, Any]) -> Dossier:
    """The records for files in short form and a declaration."""
    declared = [{"file": one["path"], **one["declared"]} for one in files if "declared" in one]
    return Dossier(
        declaration=Declaration.model_validate({**declaration, "evidence": declared}),
        files=tuple(file(one, number) for number, one in enumerate(files)),
        plan=plan,
    )


_TEXTS = st.sampled_from(
    [
        *("陈知远", "阵知远", "周若兰", EMPLOYER, "宁波海丰置业有限公司", "高级工程师", "工程师", "核对", ""),
        *("合格", "不合格", "浙江", "江苏省样例厅", ID_NUMBER, "330602********4530", "2019-12-31", "2013"),
        *("{x}", "2O19", "12-16"),
    ]
)
_NUMBERS = st.one_of(st.integers(0, 2100), st.floats(0, 200), st.sampled_from([2016, 2018, 2019, 60, 90]))
_CONFIDENCE = st.sampled_from([0.0, 0.3, 0.49, 0.5, 0.69, 0.7, 0.89, 0.9, 0.98, 1.0])
_VALUE = st.one_of(_TEXTS, _NUMBERS, st.booleans())
_FIELD = st.fixed_dictionaries({"value": _VALUE, "confidence": _CONFIDENCE})
_KINDS = st.sampled_from([kind.value for kind in EvidenceKind])
_ROW_NAMES = (
    "year",
    "total",
    "professional",
    "general_public",
    "hours",
    "result",
    "position",
    "start",
    "end",
    "title",
    "signed",
    "date",
)
_ROW = st.builds(
    lambda kind, fields: {"row": kind, **fields},
    st.sampled_from(["hours_year", "course", "result", "period", "entry", "expert"]),
    st.dictionaries(st.sampled_from(_ROW_NAMES), _FIELD, max_size=6),
)
_FIELD_NAMES = (
    *("name", "id_number", "employer", "issuer", "issue_date", "number", "title", "obtained"),
    *("signed", "score", "start", "end"),
)
_FACTS = st.fixed_dictionaries(
    {
        "kind": _KINDS,
        "confidence": _CONFIDENCE,
        "pages": st.sampled_from([[1], [2], [1, 2]]),
        "fields": st.dictionaries(st.sampled_from(_FIELD_NAMES), _FIELD, max_size=5),
        "rows": st.lists(_ROW, max_size=4),
    }
)
_SEAL = st.fixed_dictionaries(
    {"text": _TEXTS, "confidence": _CONFIDENCE, "text_confidence": _CONFIDENCE, "partial": st.booleans()}
)
_MARK = st.fixed_dictionaries(
    {"confidence": _CONFIDENCE, "signature_unsure": st.booleans(), "date_unsure": st.booleans()},
    optional={"date": st.just("2020-08-05"), "seal": st.integers(0, 3)},
)
_LINE = st.fixed_dictionaries({"text": _TEXTS, "confidence": _CONFIDENCE})
_PAGE = st.fixed_dictionaries(
    {
        "lines": st.lists(_LINE, max_size=5),
        "seals": st.lists(_SEAL, max_size=2),
        "marks": st.lists(_MARK, max_size=2),
        "legible": st.booleans(),
        "blank": st.booleans(),
    }
)
_FILE = st.fixed_dictionaries(
    {
        "kind": _KINDS,
        "confidence": _CONFIDENCE,
        "sha256": st.sampled_from("abcdef"),
        "pages": st.lists(_PAGE, min_size=1, max_size=2),
        "facts": st.lists(_FACTS, max_size=2),
        "size": st.sampled_from([0, 30_500, 200_000, 2_000_000]),
    },
    optional={
        "declared": st.fixed_dictionaries({"kind": st.one_of(st.none(), _KINDS), "copy": st.booleans()}),
        "error": st.sampled_from(["file.unreadable", "file.too-large"]),
        "our_fault": st.booleans(),
        "picture": st.just({"width": 0, "height": 0, "format": "PNG", "background_rgb": [1, 2, 3]}),
    },
)


def any_files() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to four files with any contents and any confidences, in the short form of the cases."""
    return st.lists(_FILE, max_size=4).map(
        lambda files: [{**one, "path": f"{number}.jpg"} for number, one in enumerate(files)]
    )


def any_declaration() -> st.SearchStrategy[dict[str, Any]]:
    """Typed values, well formed or not."""
    clean = clean_declaration()
    broken = {
        "applicant": {"name": "陈知远", "id_number": "123", "employer": ""},
        "continuing_education": [{"year": 2018, "total": 81}, {"year": 9999}],
        "certificates": [{}, {"name": "工程师", "number": "", "obtained": "去年"}],
        "appointments": [{"start": "2019"}, {"start": "x", "end": "2001-02-30"}],
        "assessments": [{"year": 2019, "result": "不合格"}],
        "submitted": "2020-09-30",
        "employer_kind": "事业单位",
        "social_security_province": "江苏",
        "route": "转评",
    }
    other = clean | {
        "level": "工程师",
        "route": "自评申报",
        "education": [{"level": "本科", "graduated": "2019-06", "later": True}, {"graduated": "x"}],
        "projects": [{"name": "样例大桥", "collective": True}],
        "last_review": {"year": 2019, "passed": False, "new_work": False},
        "registration_revoked": "2018-13",
        "publicity": {"start": "2020-08-31", "end": "2020-08-01"},
    }
    return st.sampled_from([clean, broken, other, {"applicant": {"name": "陈知远"}}])

"""Closed lists of words: evidence kinds, levels of flags, outcomes of checks, seals and marks."""

from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a piece of evidence is (contract)."""

    CE_RECORD = "ce_record"
    QUALIFICATION_CERTIFICATE = "qualification_certificate"
    APPOINTMENT_LETTER = "appointment_letter"
    ANNUAL_ASSESSMENT = "annual_assessment"
    JOURNAL_COVER = "journal_cover"
    JOURNAL_COPYRIGHT = "journal_copyright"
    JOURNAL_CONTENTS = "journal_contents"
    PAPER_ARTICLE = "paper_article"
    PAPER_RETRIEVAL = "paper_retrieval"
    JOURNAL_QUERY = "journal_query"
    ID_PHOTO = "id_photo"
    ID_CARD = "id_card"
    EDUCATION_CERTIFICATE = "education_certificate"
    EDUCATION_QUERY = "education_query"
    FOREIGN_DEGREE_CERTIFICATION = "foreign_degree_certification"
    SOCIAL_SECURITY_PROOF = "social_security_proof"
    POST_INFORMATION_FORM = "post_information_form"
    EXCEPTIONAL_PROMOTION_FORM = "exceptional_promotion_form"
    REVIEW_FORM = "review_form"
    ROSTER = "roster"
    EXPERT_RECOMMENDATION = "expert_recommendation"
    QUANTITATIVE_ASSESSMENT = "quantitative_assessment"
    TRUTHFULNESS_COMMITMENT = "truthfulness_commitment"
    PUBLICITY_RESULT = "publicity_result"
    AWARD_CERTIFICATE = "award_certificate"
    PROJECT_REPORT = "project_report"
    ENTRUSTMENT_LETTER = "entrustment_letter"
    PAPER = "paper"
    OTHER = "other"


PAPER_PARTS = frozenset(
    {
        EvidenceKind.JOURNAL_COVER,
        EvidenceKind.JOURNAL_COPYRIGHT,
        EvidenceKind.JOURNAL_CONTENTS,
        EvidenceKind.PAPER_ARTICLE,
        EvidenceKind.PAPER_RETRIEVAL,
        EvidenceKind.JOURNAL_QUERY,
    }
)
"""The kinds that a file declared as ``paper`` may hold, page by page."""


class HoursCategory(StrEnum):
    """The three categories of continuing-education hours."""

    PROFESSIONAL = "professional"
    INDUSTRY_PUBLIC = "industry_public"
    GENERAL_PUBLIC = "general_public"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    FAIL = "fail"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105 - the verdict of the contract, no password


class Outcome(StrEnum):
    """What became of a check. ``NOT_APPLICABLE`` and ``CRASHED`` keep "not run" from passing for "passed"."""

    PASSED = "passed"
    FLAGGED = "flagged"
    UNSURE = "unsure"
    NOT_APPLICABLE = "not_applicable"
    CRASHED = "crashed"


class PageSource(StrEnum):
    SCAN = "scan"
    TEXT = "text"


class ReadingStatus(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"


class SealShape(StrEnum):
    ROUND = "round"
    OVAL = "oval"
    SQUARE = "square"
    RECTANGLE = "rectangle"


class SealColour(StrEnum):
    RED = "red"
    BLUE = "blue"
    BLACK = "black"
    OTHER = "other"


class MarkStyle(StrEnum):
    STAMP = "stamp"
    HANDWRITTEN = "handwritten"
    PRINTED = "printed"

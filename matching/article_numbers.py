"""文章编号: ISSN(year)issue-first page-number of pages (CAJ-CD B/T 1): ``1007-8924(2018)05-0032-04``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.lookalikes import as_digits
from matching.text import fold_width_in_place

_NUMBER = re.compile(
    r"(?P<issn>\d{4}[-—–一]?\d{3}[\dXx×])[(\[]?(?P<year>(?:19|20)\d{2})[)\]]?"
    r"(?P<issue>\d{2}|[SsZz增]\d)[-—–一]{1,2}(?P<first>\d{4})[-—–一]{1,2}(?P<count>\d{2,3})"
)


@dataclass(frozen=True, slots=True)
class ArticleNumber:
    """The five facts that the number gives at once."""

    issn: str
    year: int
    issue: str
    first_page: int
    count: int

    @property
    def pages(self) -> str:
        return f"{self.first_page}-{self.first_page + self.count - 1}"


def parse_article_number(text: str) -> ArticleNumber | None:
    """The first such number in a text; spaces and misread hyphens are allowed for."""
    folded = re.sub(r"\s", "", fold_width_in_place(text))
    found = _NUMBER.search(folded) or _NUMBER.search(as_digits(folded))
    if not found:
        return None
    issn = re.sub(r"[^\dX]", "", found["issn"].upper().replace("×", "X"))
    issue = found["issue"].upper()
    return ArticleNumber(
        issn=f"{issn[:4]}-{issn[4:]}",
        year=int(found["year"]),
        issue=str(int(issue)) if issue.isdigit() else f"增刊{issue[1:]}",
        first_page=int(found["first"]),
        count=int(found["count"]),
    )

"""For each of the six plans an application in order, in the short form of the cases, ready to be spoilt."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checks import run
from domain.review import CheckResult, Flag
from policies import load_plan
from tests.checks.dossiers import ID_NUMBER, dossier

Table = dict[str, Any]
PERSON = "陈知远"
EMPLOYER = "绍兴样例规划设计研究院"
ISSUER = "浙江省样例厅"


@dataclass
class Application:
    """Files by a short name, and what was typed in; ``spoil`` may change either."""

    plan: str
    declaration: Table
    files: dict[str, Table] = field(default_factory=dict)

    def copy(self) -> Application:
        return copy.deepcopy(self)

    def results(self) -> tuple[CheckResult, ...]:
        return run(dossier(load_plan(self.plan), list(self.files.values()), self.declaration))

    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for result in self.results() for flag in result.flags)

    def facts(self, name: str) -> Table:
        found: Table = self.files[name]["facts"][0]
        return found

    def row(self, name: str, number: int = 0) -> Table:
        found: Table = self.facts(name)["rows"][number]
        return found


Spoil = Callable[[Application], object]


def paper(
    kind: str, *, seals: tuple[str, ...] = (ISSUER,), fields: Table | None = None, rows: Any = (), **more: Any
) -> Table:
    """One file with one document on one page, well read."""
    made = [{"text": seal, "text_confidence": 0.97} for seal in seals]
    told = {"name": PERSON, **(fields or {})}
    return {
        "path": "",
        "declared": {"kind": kind, **more},
        "pages": [{"lines": [PERSON], "seals": made}],
        "facts": [{"kind": kind, "fields": told, "rows": list(rows)}],
    }


def _named(files: dict[str, Table]) -> dict[str, Table]:
    for number, (name, file) in enumerate(files.items()):
        file["path"] = f"{name}.jpg"
        file["sha256"] = f"{number:064x}"
    return files


def _hours(year: int, **amounts: float) -> Table:
    usual = {"total": 96, "professional": 62, "industry_public": 14, "general_public": 20}
    return paper("ce_record", rows=[{"row": "hours_year", "year": year, **usual, **amounts}])


def _assessment(year: int) -> Table:
    return paper(
        "annual_assessment", seals=(EMPLOYER,), rows=[{"row": "result", "year": year, "result": "合格"}]
    )


def _certificate(title: str, obtained: str) -> Table:
    return paper(
        "qualification_certificate", fields={"title": title, "obtained": obtained, "issuer": "浙江省样例厅"}
    )


def _letter(position: str, start: str) -> Table:
    return paper(
        "appointment_letter",
        seals=(EMPLOYER,),
        rows=[{"row": "period", "position": position, "start": start}],
    )


def _form(kind: str, seals: int, **fields: Any) -> Table:
    units = (EMPLOYER, "绍兴市样例局", "绍兴市样例人力资源和社会保障局")
    return paper(kind, seals=units[:seals], fields=fields)


def _photo() -> Table:
    picture = {"width": 413, "height": 579, "format": "JPEG", "background_rgb": [250, 250, 251]}
    return {
        "path": "",
        "declared": {"kind": "id_photo"},
        "kind": "id_photo",
        "facts": [{"kind": "id_photo"}],
        "picture": picture | {"background_spread": 3.0},
    }


def _applicant(plan: str, level: str, title: str, obtained: str, **more: Any) -> Table:
    applicant = {
        "name": PERSON,
        "id_number": ID_NUMBER,
        "employer": EMPLOYER,
        "current_title": {"name": title, "obtained": obtained},
    }
    return {"plan": plan, "level": level, "applicant": applicant, "employer_kind": "事业单位", **more}


def _construction() -> Application:
    declaration = _applicant(
        "shaoxing-construction-2020",
        "正高级工程师",
        "高级工程师",
        "2013-12",
        submitted="2020-08-10",
        statement="本人述职",
        publicity={"start": "2020-08-10", "end": "2020-08-14"},
    )
    files = {f"ce-{year}": _hours(year) for year in range(2016, 2020)}
    files |= {f"assessment-{year}": _assessment(year) for year in range(2016, 2020)}
    files |= {
        "letter": _letter("高级工程师", "2014-01-01"),
        "certificate": _certificate("高级工程师", "2013-12-20"),
        "post": _form("post_information_form", 3),
        "truth": paper("truthfulness_commitment", fields={"signed": True}),
        "photo": _photo(),
    }
    return Application("shaoxing-construction-2020", declaration, _named(files))


def _industry() -> Application:
    declaration = _applicant(
        "zhejiang-industry-2020", "高级工程师", "工程师", "2014-12", submitted="2020-09-30"
    )
    files = {f"ce-{year}": _hours(year) for year in (2018, 2019)}
    files |= {f"assessment-{year}": _assessment(year) for year in (2017, 2018, 2019)}
    files |= {
        "card": paper("id_card", seals=(), fields={"id_number": ID_NUMBER}),
        "degree": paper("education_certificate"),
        "certificate": _certificate("工程师", "2014-12-20"),
        "letter": _letter("工程师", "2015-01-01"),
        "post": _form("post_information_form", 2),
        "report": paper("project_report", seals=()),
    }
    return Application("zhejiang-industry-2020", declaration, _named(files))


def _ecology() -> Application:
    declaration = _applicant(
        "zhejiang-ecology-2020",
        "高级工程师",
        "工程师",
        "2014-12",
        submitted="2020-09-01",
        category="工程与咨询",
        route="自评申报",
        statement="本人述职",
    )
    expert = {"row": "expert", "title": "正高级工程师", "signed": True, "date": "2020-08-05"}
    files = {f"ce-{year}": _hours(year) for year in (2017, 2018, 2019)}
    files |= {f"assessment-{year}": _assessment(year) for year in (2017, 2018, 2019)}
    files |= {
        "certificate": _certificate("工程师", "2014-12-20"),
        "letter": _letter("工程师", "2015-01-01"),
        "post": _form("post_information_form", 1),
        "score": paper("quantitative_assessment", fields={"score": 86}),
        "experts": paper("expert_recommendation", seals=(), rows=[expert, dict(expert)]),
        "publicity": paper("publicity_result", fields={"start": "2020-08-10", "end": "2020-08-14"}),
        "photo": _photo(),
    }
    return Application("zhejiang-ecology-2020", declaration, _named(files))


def _forestry() -> Application:
    declaration = _applicant(
        "shaoxing-forestry-2020",
        "高级工程师",
        "工程师",
        "2014-12",
        submitted="2020-09-20",
        statement="本人述职",
    )
    files = {f"ce-{year}": _hours(year, industry_public=9, general_public=10) for year in (2018, 2019, 2020)}
    for file in files.values():
        file["facts"][0]["rows"][0]["total"] = 62 + 9 + 10 + 15
        file["facts"][0]["rows"][0]["professional"] = 62 + 15
    files |= {
        "degree": paper("education_query", seals=()),
        "post": _form("post_information_form", 2),
        "review": _form("review_form", 2),
        "photo": _photo(),
    }
    return Application("shaoxing-forestry-2020", declaration, _named(files))


def _resources() -> Application:
    declaration = _applicant(
        "shaoxing-natural-resources-2020", "工程师", "助理工程师", "2015-12", submitted="2020-09-20"
    )
    rows = [{"row": "hours_year", "total": 18, "general_public": 18}]
    files = {
        f"ce-{year}": paper("ce_record", rows=[{**row, "year": year} for row in rows])
        for year in range(2017, 2021)
    }
    files |= {
        "degree": paper("education_query", seals=()),
        "post": _form("post_information_form", 2),
        "photo": _photo(),
    }
    return Application("shaoxing-natural-resources-2020", declaration, _named(files))


def _fushun() -> Application:
    declaration = _applicant("fushun-ecology-2024", "工程师", "助理工程师", "2019-12", submitted="2024-11-06")
    copied = {"copy": True}
    files = {f"assessment-{year}": _assessment(year) for year in (2021, 2022, 2023)}
    for file in files.values():
        file["declared"] |= copied
    files |= {
        "degree": paper("education_query", seals=(EMPLOYER,), fields={"signed": True}),
        "ce": paper("ce_record", rows=[{"row": "hours_year", "year": 2024, "total": 30}]),
        "publicity": paper("publicity_result", fields={"start": "2024-10-21", "end": "2024-10-25"}),
        "award": paper(
            "award_certificate", seals=(ISSUER, EMPLOYER), fields={"issue_date": "2021-05-20"}, **copied
        ),
        "review": _form("review_form", 1),
    }
    return Application("fushun-ecology-2024", declaration, _named(files))


def applications() -> dict[str, Application]:
    """One application in order for each plan, by the plan's id."""
    made = (_construction(), _industry(), _ecology(), _forestry(), _resources(), _fushun())
    return {one.plan: one for one in made}

"""The packages whose branches steer the search, by target; atheris has to know before they are imported."""

from collections.abc import Mapping

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "opening": ("intake", "PIL"),
    "wire": ("intake",),
    "pdf": ("intake",),
    "pictures": ("intake", "PIL"),
    "declarations": ("intake", "json"),
    "workbook": ("intake",),
    "archives": ("intake", "zipfile"),
    "lists": ("policies", "csv"),
}

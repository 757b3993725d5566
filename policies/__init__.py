"""Policies: plans as data (one TOML file a notice), journal lists, and the wording of flags."""

from policies.journals import ListKind, ListVersion, import_list, list_versions, load_lists
from policies.plan_files import DEFAULT_PLAN, find_plan, load_plan, plan_ids

__all__ = [
    "DEFAULT_PLAN",
    "ListKind",
    "ListVersion",
    "find_plan",
    "import_list",
    "list_versions",
    "load_lists",
    "load_plan",
    "plan_ids",
]

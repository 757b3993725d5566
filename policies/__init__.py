"""Policies: plans as data (one TOML file a notice), journal lists, and the wording of flags."""

from policies.plan_files import DEFAULT_PLAN, load_plan, plan_ids

__all__ = ["DEFAULT_PLAN", "load_plan", "plan_ids"]

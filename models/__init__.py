"""Weights: manifest, fetch, verify, sessions. Heavy imports happen only when a session is asked for."""

from models.bfloat16 import compiles_shapes
from models.fetching import WeightReport, WeightState, fetch, verify
from models.sessions import session, weight_path

__all__ = ["WeightReport", "WeightState", "compiles_shapes", "fetch", "session", "verify", "weight_path"]

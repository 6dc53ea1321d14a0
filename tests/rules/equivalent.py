"""Mutants that mean the same as the pack, each with the reason. There is nothing for a case to see."""

EQUIVALENT: dict[str, str] = {}

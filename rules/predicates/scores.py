"""A score that the person gives themselves on the committee's sheet; taken as given."""

from rules import verdict
from rules.predicates.noting import Rule, noted
from rules.verdict import Finding, missing
from rules.view import View


def self_score(least: int) -> Rule:
    def rule(view: View) -> Finding:
        score = view.dossier.self_score
        found = missing("self_score") if score is None else verdict.of(score >= least)
        return noted(found, "self_score", score, least)

    return rule

"""Which panels are lawful, how many there are, and which rules stand in the way where there are none. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import comb

Share = tuple[int, int]
Polynomial = dict[tuple[int, int], int]


class Rule(StrEnum):
    """The duties of a panel; named in explanations of why no lawful panel exists."""

    SIZE = "size"
    SENIOR = "senior"
    ENTERPRISE = "enterprise"
    PRIVATE = "private"
    SKILLED = "skilled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """The facts of an expert that the rules of a panel ask for.

    `senior`: holds a 正高 title; `enterprise`: an enterprise's technical expert, those of social organisations counted
    with them; `private_or_social`: of those, from a private enterprise or a social organisation; `skilled`: a skilled-
    worker expert. `id` and `unit` are pseudonyms.
    """

    id: str
    unit: str
    senior: bool = False
    enterprise: bool = False
    private_or_social: bool = False
    skilled: bool = False

    @property
    def employer(self) -> int:
        """0 no enterprise, 1 enterprise, 2 enterprise that is private or a social organisation."""
        return int(self.enterprise) + int(self.enterprise and self.private_or_social)


@dataclass(frozen=True, slots=True)
class PanelRules:
    """Shares are (numerator, denominator) of the panel; the private share is of the panel's enterprise experts.

    27号 四(一) states the shares for the pool, the 2023 annual notice 一(二) the skilled expert for
    the committee that is drawn; whether the shares bind a panel too is the committee's setting.
    """

    panel: int
    senior_share: Share = (0, 1)
    enterprise_share: Share = (0, 1)
    private_share: Share = (0, 1)
    skilled_least: int = 0
    per_unit_most: int = 0

    def __post_init__(self) -> None:
        if self.panel < 1 or self.panel % 2 == 0:
            raise ValueError(f"a panel has an odd number of members, not {self.panel}")

    @property
    def senior_least(self) -> int:
        return -(-self.panel * self.senior_share[0] // self.senior_share[1])

    @property
    def enterprise_least(self) -> int:
        return -(-self.panel * self.enterprise_share[0] // self.enterprise_share[1])

    def private_least(self, enterprise: int) -> int:
        return -(-enterprise * self.private_share[0] // self.private_share[1])

    def without(self, rule: Rule) -> "PanelRules":
        """The same rules with one of them lifted."""
        match rule:
            case Rule.SENIOR:
                return replace(self, senior_share=(0, 1))
            case Rule.ENTERPRISE:
                return replace(self, enterprise_share=(0, 1))
            case Rule.PRIVATE:
                return replace(self, private_share=(0, 1))
            case Rule.SKILLED:
                return replace(self, skilled_least=0)
        return self


def is_lawful(rules: PanelRules, members: Sequence[Candidate]) -> bool:
    """Whether these members make a lawful panel of full size."""
    if len(members) != rules.panel:
        return False
    enterprise = sum(person.enterprise for person in members)
    private = sum(person.employer == 2 for person in members)
    return (
        sum(person.senior for person in members) >= rules.senior_least
        and enterprise >= rules.enterprise_least
        and private >= rules.private_least(enterprise)
        and sum(person.skilled for person in members) >= rules.skilled_least
        and (not rules.per_unit_most or max(Counter(p.unit for p in members).values()) <= rules.per_unit_most)
    )


def count_completions(rules: PanelRules, free: Sequence[Candidate], kept: Sequence[Candidate] = ()) -> int:
    """In how many ways the free candidates complete the kept members to a lawful panel, a cap per unit left aside.

    Counted over strata (seniority, employer, skill) in whole numbers: one polynomial an employer kind and head count,
    whose exponents are the seniors and the skilled among them.
    """
    wanted = rules.panel - len(kept)
    if wanted < 0:
        return 0
    seated = Counter(person.employer for person in kept)
    seniors, skilled = sum(p.senior for p in kept), sum(p.skilled for p in kept)
    ways = [_ways_by_size([p for p in free if p.employer == kind], wanted, rules.skilled_least) for kind in range(3)]
    total = 0
    for others in range(wanted + 1):
        enterprise = seated[1] + seated[2] + wanted - others
        if enterprise < rules.enterprise_least:
            continue
        inside: Polynomial = {}
        for private in range(wanted - others + 1):
            if seated[2] + private >= rules.private_least(enterprise):
                product = _times(ways[1][wanted - others - private], ways[2][private], rules.skilled_least)
                inside = {key: inside.get(key, 0) + product.get(key, 0) for key in inside.keys() | product.keys()}
        total += sum(
            number
            for (senior, skill), number in _times(ways[0][others], inside, rules.skilled_least).items()
            if seniors + senior >= rules.senior_least and skilled + skill >= rules.skilled_least
        )
    return total


def _ways_by_size(people: Sequence[Candidate], most: int, skilled_cap: int) -> list[Polynomial]:
    """For each size 0…most: (seniors, skilled up to the cap) → number of selections of that size."""
    ways: list[Polynomial] = [{(0, 0): 1}] + [{} for _ in range(most)]
    for (senior, skilled), available in Counter((p.senior, p.skilled) for p in people).items():
        grown: list[Polynomial] = [{} for _ in range(most + 1)]
        for size, polynomial in enumerate(ways):
            for taken in range(min(available, most - size) + 1):
                factor = comb(available, taken)
                target = grown[size + taken]
                for (seniors, skills), number in polynomial.items():
                    key = seniors + taken * senior, min(skills + taken * skilled, skilled_cap)
                    target[key] = target.get(key, 0) + number * factor
        ways = grown
    return ways


def _times(left: Polynomial, right: Polynomial, skilled_cap: int) -> Polynomial:
    product: Polynomial = {}
    for (seniors, skills), number in left.items():
        for (more_seniors, more_skills), other in right.items():
            key = seniors + more_seniors, min(skills + more_skills, skilled_cap)
            product[key] = product.get(key, 0) + number * other
    return product


def explain_infeasible(rules: PanelRules, free: Sequence[Candidate], kept: Sequence[Candidate] = ()) -> list[Rule]:
    """The rules that cannot hold together: lift any one of them and a panel exists. Empty where a panel exists.

    Where several sets of rules conflict, the first found is told: mend it and ask again.
    """
    if count_completions(rules, free, kept):
        return []
    conflict = [Rule.SENIOR, Rule.ENTERPRISE, Rule.PRIVATE, Rule.SKILLED]
    lifted = rules
    for rule in tuple(conflict):
        without = lifted.without(rule)
        if not count_completions(without, free, kept):
            lifted = without
            conflict.remove(rule)
    return conflict or [Rule.SIZE]

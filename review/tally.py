"""Quorum and result of a secret ballot, in whole numbers. Pure.

Thresholds come from the round's pack; both default to two thirds, the customary measure of title review (the text of
order 40 could not be confirmed, so they are settings).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

Share = tuple[int, int]
TWO_THIRDS: Share = (2, 3)


class TallyError(ValueError):
    """The numbers contradict each other: more ballots than voters, or a negative count."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    quorum: Share = TWO_THIRDS
    consent: Share = TWO_THIRDS


@dataclass(frozen=True, slots=True)
class Quorum:
    members: int
    attending: int
    needed: int
    met: bool


@dataclass(frozen=True, slots=True)
class Count:
    """`voters` are those attending less those recused; whoever of them cast no ballot stands in `absent_ballots`."""

    consent: int
    against: int
    abstain: int
    voters: int
    needed: int
    passed: bool

    @property
    def absent_ballots(self) -> int:
        return self.voters - self.consent - self.against - self.abstain

    def sentence(self) -> str:
        """The result in words for the minutes."""
        if self.voters == 0:
            return _("全体到会专家均须回避，无人可以表决，视为未通过；应另行安排评审。")
        words = _("应投 %(voters)d 票：同意 %(consent)d，反对 %(against)d，弃权 %(abstain)d。") % {
            "voters": self.voters,
            "consent": self.consent,
            "against": self.against,
            "abstain": self.abstain,
        }
        if self.absent_ballots:
            words += _("另有 %(absent)d 人到会未投票，不计为同意。") % {"absent": self.absent_ballots}
        verdict = _("达到") if self.passed else _("未达到")
        return words + _("同意须不少于 %(needed)d 票，%(verdict)s。") % {"needed": self.needed, "verdict": verdict}


def least(whole: int, share: Share) -> int:
    """The smallest whole number that is at least the share of `whole`."""
    return -(-whole * share[0] // share[1])


def quorum(*, members: int, attending: int, thresholds: Thresholds = Thresholds()) -> Quorum:
    """Whether enough members attend: attending x 3 >= members x 2 at the default threshold."""
    if not 0 <= attending <= members or members == 0:
        raise TallyError(f"{attending} of {members} members cannot attend")
    needed = least(members, thresholds.quorum)
    return Quorum(members=members, attending=attending, needed=needed, met=attending >= needed)


def count(
    *,
    consent: int,
    against: int,
    abstain: int,
    attending: int,
    recused: int = 0,
    thresholds: Thresholds = Thresholds(),
) -> Count:
    """The result of one ballot: consent x 3 >= (attending - recused) x 2 at the default threshold.

    Abstentions and ballots not cast count as not consenting. With nobody left to vote nothing passes.

    Raises:
        TallyError: more ballots than voters, more recused than attending, or a negative number.
    """
    voters = attending - recused
    if min(consent, against, abstain, recused, voters) < 0 or consent + against + abstain > voters:
        raise TallyError(f"{consent}+{against}+{abstain} ballots do not fit {attending} attending, {recused} recused")
    needed = least(voters, thresholds.consent)
    return Count(consent, against, abstain, voters, needed, passed=voters > 0 and consent >= needed)

"""Opinions, and the secret ballot.

Who took part and what was chosen stand in two tables that share nothing but the agenda entry: no key from one to the
other, no time, no order. A choice's row is written anew, in random order under a fresh random key, with every further
ballot (services.ballots), so that neither row order nor transaction marks tell which choice came with which vote; and
it is encrypted, so that two copies of the database taken between two votes do not tell it either.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from review.models.draw import Seat
from review.models.meeting import Entry


class Opinion(models.Model):
    """An expert's written opinion, endorsed online (2023年度通知 四(三))."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="opinions")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="opinions")
    text = models.TextField(_("评审意见"))
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("评审意见")
        ordering = ["entry", "seat"]
        constraints = [models.UniqueConstraint(fields=["entry", "seat"], name="opinion_once")]


class Choice(models.TextChoices):
    CONSENT = "consent", _("同意")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")


class BallotParticipation(models.Model):
    """That a seat has voted on an entry; not what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("投票登记")
        constraints = [models.UniqueConstraint(fields=["entry", "seat"], name="one_ballot_a_seat_and_entry")]


class BallotChoice(models.Model):
    """A ballot in the box; not whose. Read by services.ballots alone, and counted only once the box is sealed.

    `choice` is ciphertext that opens in this row, for this entry and its register, alone (review.ballot_seal).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    choice = models.TextField()

    class Meta:
        verbose_name = _("选票")


class Outcome(models.Model):
    """The count of a sealed ballot, in whole numbers; never changed."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="outcome")
    members = models.PositiveSmallIntegerField()
    attending = models.PositiveSmallIntegerField()
    recused = models.PositiveSmallIntegerField()
    consent = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    sentence = models.TextField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("表决结果")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    attending__gte=models.F("recused") + models.F("consent") + models.F("against") + models.F("abstain")
                ),
                name="outcome_ballots_fit_the_voters",
            ),
        ]

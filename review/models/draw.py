"""Rounds of a draw, the seats they filled, and who may not judge whom."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from review.models.expert import ExpertProfile
from review.models.meeting import Entry, Meeting
from review.querysets import SeatQuerySet


class Draw(models.Model):
    """One round: its canonical input stands from the start, seed and panel from the draw.

    `declined` (pseudonym → reason) are the members of its panel who declined; the next round follows from them. A
    supplementary round is filed, as the first is, before it is drawn; its input names who has `joined` the pool.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    input = models.TextField()
    input_sha256 = models.CharField(max_length=64)
    public_value = models.CharField(_("公开随机值"), max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    result = models.TextField(blank=True)
    declined = models.JSONField(default=dict)
    lawful_panels = models.TextField(blank=True, help_text=_("合规组合总数（十进制）"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("专家抽取")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="draw_round_once"),
            models.CheckConstraint(
                condition=Q(seed="", result="", drawn_by__isnull=True, drawn_at__isnull=True)
                | (~Q(seed="") & ~Q(result="") & Q(drawn_by__isnull=False, drawn_at__isnull=False)),
                name="draw_seed_result_by_and_at",
            ),
        ]

    @property
    def panel(self) -> list[str]:
        """The pseudonyms that were drawn, those kept included; empty before the draw."""
        read: list[str] = json.loads(self.result) if self.result else []
        return read

    @property
    def is_supplement(self) -> bool:
        return "joined" in self.given

    @property
    def given(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.input)
        return read


class SeatState(models.TextChoices):
    DRAWN = "drawn", _("待答复")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("不能参加")


class Seat(models.Model):
    """An expert's place in a meeting. Who declined keeps the row and loses the access."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats")
    expert = models.ForeignKey(ExpertProfile, models.PROTECT, related_name="seats")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats")
    pseudonym = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=SeatState.choices, default=SeatState.DRAWN)
    decline_reason = models.CharField(_("理由"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    commitment_sha256 = models.CharField(max_length=64, blank=True)
    attended = models.BooleanField(_("到会"), default=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("评委席位")
        ordering = ["meeting", "pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "expert"], name="expert_once_in_a_meeting"),
            models.CheckConstraint(
                condition=Q(state="drawn", answered_at__isnull=True)
                | (~Q(state="drawn") & Q(answered_at__isnull=False)),
                name="seat_answered_at",
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, commitment_sha256="")
                | (Q(committed_at__isnull=False) & ~Q(commitment_sha256="")),
                name="seat_committed_at_to_what",
            ),
        ]


class RecusalReason(models.TextChoices):
    SELF = "self", _("申报人即专家本人")
    SAME_UNIT = "same_unit", _("与申报人同一单位")
    NAMED = "named", _("在申报材料中列名（合作者、推荐人等）")
    RELATIVE = "relative", _("与申报人有亲属关系")
    OTHER = "other", _("其他可能影响公正的情形")


class RecusalOrigin(models.TextChoices):
    DECLARED = "declared", _("专家本人提出")
    FOUND = "found", _("系统比对发现")
    ORDERED = "ordered", _("评审办责令")


class Recusal(models.Model):
    """This seat does not read, judge or vote on this application."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals")
    reason = models.CharField(max_length=12, choices=RecusalReason.choices)
    detail = models.CharField(_("说明"), max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=RecusalOrigin.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回避")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["seat", "entry"], name="recused_once")]

"""Experts, and the pools they are filed in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.models import Ownership
from review.querysets import PoolMemberQuerySet

# 27号 四(一) counts experts of social organisations with the enterprises' technical experts.
ENTERPRISE_KINDS = frozenset({Ownership.PRIVATE, Ownership.STATE, Ownership.FOREIGN, Ownership.SOCIAL})
PRIVATE_OR_SOCIAL = frozenset({Ownership.PRIVATE, Ownership.SOCIAL})


class SeniorTitle(models.TextChoices):
    """The titles an expert may hold, in the words of the eligibility contract."""

    ASSOCIATE = "associate_senior", _("副高级")
    FULL = "full_senior", _("正高级")


class ExpertProfile(models.Model):
    """What the rules of pool and panel ask of a person. `organization` is known where the unit is in the tree."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title_level = models.CharField(_("职称层级"), max_length=20, choices=SeniorTitle.choices)
    employer_kind = models.CharField(_("单位性质"), max_length=24, choices=Ownership.choices)
    organization = models.ForeignKey("portal.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("工作单位"), max_length=120)
    skilled = models.BooleanField(_("高技能人才专家"), default=False)
    directions = models.JSONField(_("专业方向"), default=list, blank=True)

    class Meta:
        verbose_name = _("评审专家")

    @property
    def is_full_senior(self) -> bool:
        return self.title_level == SeniorTitle.FULL

    @property
    def is_enterprise(self) -> bool:
        return self.employer_kind in ENTERPRISE_KINDS

    @property
    def is_private_or_social(self) -> bool:
        return self.employer_kind in PRIVATE_OR_SOCIAL

    @property
    def name(self) -> str:
        return self.user.get_full_name()


class PoolState(models.TextChoices):
    ACTIVE = "active", _("在库")
    ENDED = "ended", _("已出库")
    STRUCK_OFF = "struck_off", _("取消资格")


class PoolMember(models.Model):
    """A term of an expert in a committee's pool; both days belong to the term."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    expert = models.ForeignKey(ExpertProfile, models.PROTECT, related_name="memberships")
    term_from = models.DateField(_("任期开始"))
    term_until = models.DateField(_("任期结束"))
    state = models.CharField(_("状态"), max_length=12, choices=PoolState.choices, default=PoolState.ACTIVE)
    ended_reason = models.CharField(_("出库理由"), max_length=500, blank=True)

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("专家库成员")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "expert"], condition=Q(state="active"), name="expert_once_in_a_pool"
            ),
            models.CheckConstraint(condition=Q(term_until__gte=F("term_from")), name="pool_term_in_order"),
            models.CheckConstraint(
                condition=Q(state="active", ended_reason="") | (~Q(state="active") & ~Q(ended_reason="")),
                name="pool_member_ended_with_reason",
            ),
        ]

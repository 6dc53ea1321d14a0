"""Organisations as a tree, and who works for them in which role."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from portal.roles import Role


class OrganizationKind(models.TextChoices):
    REGION = "region", _("地区")
    TITLE_OFFICE = "title_office", _("职称办")
    SUPERVISING_BODY = "supervising_body", _("主管部门")
    EMPLOYER = "employer", _("用人单位")
    REVIEW_OFFICE = "review_office", _("评审办事机构")
    COMMITTEE = "committee", _("评审委员会")
    SERVICE_WINDOW = "service_window", _("申报专门窗口")


class Ownership(models.TextChoices):
    """The kinds of employer that the eligibility contract knows, and government."""

    PRIVATE = "private_enterprise", _("民营企业")
    STATE = "state_enterprise", _("国有企业")
    FOREIGN = "foreign_enterprise", _("外资企业")
    PUBLIC = "public_institution", _("事业单位")
    SOCIAL = "social_organisation", _("社会组织")
    GOVERNMENT = "government", _("机关")


def validate_uscc(value: str) -> None:
    if not uscc.is_valid(value):
        raise ValidationError(_("统一社会信用代码有误，请核对 18 位代码后重新填写。"), code="uscc")


class Organization(models.Model):
    """A node of the tree. A root is a region; `path` holds the primary keys from the root down: /1/5/9/."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=OrganizationKind.choices)
    ownership = models.CharField(_("单位性质"), max_length=24, choices=Ownership.choices, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, validators=[validate_uscc])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    root = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    path = models.CharField(max_length=200, editable=False, db_index=True)
    region = models.CharField(_("地区代码"), max_length=20, help_text=_("与政策包一致，如 tianjin"))
    filed_until = models.DateField(_("备案有效期至"), null=True, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("机构")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~models.Q(uscc=""), name="organization_uscc_once"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(kind="region"), name="organization_root_is_a_region"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Places a new node below its parent; a node never moves to another root."""
        if self.parent is not None:
            self.root_id, self.region = self.parent.root_id or self.parent_id, self.parent.region
        is_new = self.pk is None
        super().save(*args, **kwargs)
        if is_new:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.root_id = self.root_id or self.pk
            super().save(update_fields=["path", "root"])

    def ancestors(self) -> "models.QuerySet[Organization]":
        """The nodes above, from the root down."""
        keys = [int(key) for key in self.path.strip("/").split("/")[:-1]]
        return Organization.objects.filter(pk__in=keys).order_by("path")


class Membership(models.Model):
    """A person's role in an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=24, choices=[(role.value, role.label) for role in Role])
    active = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["user", "organization", "role"], name="membership_once"),
        ]

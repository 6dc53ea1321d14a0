"""Documents and certificates. A row is written once; a reissue adds a row, and no file is ever overwritten."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.querysets import CertificateQuerySet, DocumentQuerySet
from portal import clock


class DocumentKind(models.TextChoices):
    CERTIFICATE = "certificate", _("电子职称证书")
    REVIEW_FORM = "review_form", _("专业技术职称评审表")


class DocumentState(models.TextChoices):
    QUEUED = "queued", _("等待生成")
    RENDERING = "rendering", _("正在生成")
    READY = "ready", _("可以下载")
    FAILED = "failed", _("未能生成")


class Document(models.Model):
    """A printed paper: `data` is everything its words are made of, as they stood when it was ordered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    data = models.JSONField()
    photo = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, related_name="+")
    template_version = models.CharField(max_length=20)
    state = models.CharField(_("状态"), max_length=10, choices=DocumentState.choices, default=DocumentState.QUEUED)
    failure = models.CharField(_("未能生成的原因"), max_length=500, blank=True)
    orders = models.PositiveSmallIntegerField(default=1, help_text="how often rendering was asked for")
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    ordered_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready", file__isnull=False, ready_at__isnull=False) & ~Q(sha256="")
                | (~Q(state="ready") & Q(file__isnull=True, ready_at__isnull=True, sha256="")),
                name="document_ready_has_its_file",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="document_failure_says_why"),
        ]
        indexes = [models.Index(fields=["application", "kind"], name="document_by_application")]

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def file_name(self) -> str:
        return f"{self.get_kind_display()}-{self.data['number']}.pdf"


class CertificateState(models.TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已撤销")
    SUPERSEDED = "superseded", _("已换发")


class RevocationReason(models.TextChoices):
    FRAUD = "fraud", _("申报材料不实")
    VIOLATION = "violation", _("评审程序违规")
    OBJECTION = "objection", _("举报或异议查实")
    OTHER = "other", _("其他原因")


class Certificate(models.Model):
    """A title as it was certified. `token` is what the QR code carries; both dates are kept: passed, and issued."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("证书编号"), max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True, editable=False)
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    holder_name = models.CharField(_("姓名"), max_length=60)
    identity_masked = models.CharField(_("证件号码"), max_length=60)
    unit = models.CharField(_("工作单位"), max_length=120)
    series = models.CharField(_("职称系列"), max_length=60)
    specialty = models.CharField(_("专业"), max_length=60)
    level = models.CharField(_("级别"), max_length=20)
    title = models.CharField(_("职称名称"), max_length=60)
    acquired_by = models.CharField(_("取得方式"), max_length=20)
    acquired_on = models.DateField(_("取得时间"))
    committee = models.CharField(_("评审机构"), max_length=120)
    approval_number = models.CharField(_("批准文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发证单位"), max_length=120)
    issued_on = models.DateField(_("发证日期"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("证书状态"), max_length=10, choices=CertificateState.choices, default=CertificateState.VALID
    )
    state_since = models.DateTimeField()
    state_reason = models.CharField(max_length=10, choices=RevocationReason.choices, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, related_name="certificate")
    review_form = models.OneToOneField(Document, models.PROTECT, related_name="certificate_of_form")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("职称证书")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="valid"), name="one_valid_certificate_an_application"
            ),
            models.CheckConstraint(
                condition=Q(state="revoked") & ~Q(state_reason="") | ~Q(state="revoked") & Q(state_reason=""),
                name="certificate_revoked_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["holder"], name="certificate_by_holder")]

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID

    @property
    def scope(self) -> str:
        """The chain of the audit log that certificates' acts stand in."""
        return "certificates"


class NumberSequence(models.Model):
    """The last serial taken under a prefix. Taken inside the issuing transaction, so that no number is lost."""

    prefix = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)


class Archiving(models.Model):
    """The employer has sealed the printed papers and put them into the personnel file (27号 六(四))."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="archiving")
    sealed_on = models.DateField(_("盖章日期"))
    place = models.CharField(_("存入何处档案"), max_length=120)
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("盖章归档记录")


class VerificationWay(models.TextChoices):
    TOKEN = "token", _("扫码查验")
    NUMBER = "number", _("编号和姓名查验")
    FILE = "file", _("文件比对")


class VerificationLog(models.Model):
    """That somebody checked, and what they were told; who they were is not kept."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, null=True, related_name="checks")
    way = models.CharField(_("查验方式"), max_length=8, choices=VerificationWay.choices)
    answer = models.CharField(_("查验结果"), max_length=12)
    at = models.DateTimeField(_("查验时间"), default=clock.machine_now)

    class Meta:
        verbose_name = _("查验记录")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["certificate", "-at"], name="verification_by_certificate")]

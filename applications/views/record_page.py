"""One record on a page: its form and its files, saved at one press."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from applications import services
from applications.errors import ActError, Stale
from applications.forms.section_forms import RecordForm
from applications.forms.uploads import UploadForm
from applications.models import Application, ArchiveItem, Evidence
from applications.sections import Part, Section
from applications.views.acts import CONFLICT, INVALID, reasons_of
from portal import files
from portal.access import person


class RecordPage:
    """The form of a record and of its evidence slot; `save` does what a press asks for.

    Args:
        item: the record; None for a new one, or for the one record of a kind of which there is only one.
    """

    def __init__(
        self,
        request: HttpRequest,
        application: Application,
        section: Section,
        part: Part,
        item: ArchiveItem | None = None,
    ) -> None:
        self.request, self.application, self.section, self.part = request, application, section, part
        self.item = item or (None if part.many else self._only_one())
        self.http_status, self.stale, self._refused_files = 200, False, False
        sent = request.method == "POST" and request.POST.get("kind", part.kind) == part.kind
        data = (request.POST, request.FILES) if sent else (None, None)
        self.form = RecordForm(
            *data,
            part=part,
            prefix=part.kind,
            facts=self.item.facts if self.item else None,
            details=self.item.details if self.item else None,
        )
        self.uploads = self._uploads(*data) if section.slot else None

    @property
    def onward(self) -> str:
        """After saving: back to the list, or to this record where a file was not taken."""
        if self._refused_files and self.part.many and self.item is not None:
            return reverse("applications:item_change", args=[self.application.public_id, self.item.public_id])
        return reverse("applications:section_detail", args=[self.application.public_id, self.section.key])

    @property
    def seen(self) -> str:
        """The content that a press of the button would overwrite."""
        return self.item.content_sha256 if self.item else ""

    @cached_property
    def evidence(self) -> list[Evidence]:
        if self.item is None:
            return []
        return list(self.item.evidence.kept().select_related("file"))

    def save(self) -> bool:
        """Saves the record, then its files one by one; each file that is not taken is told with its reason."""
        if not self.form.is_valid() or (self.uploads is not None and not self.uploads.is_valid()):
            self.http_status = INVALID
            return False
        try:
            self.item = self._save_record()
        except ActError as refused:
            for reason in reasons_of(refused):
                self.form.add_error(None, reason)
            self.http_status, self.stale = CONFLICT, isinstance(refused, Stale)
            if self.stale and self.item is not None:
                self.item.refresh_from_db()
            return False
        messages.success(self.request, _("“%(what)s”已保存。") % {"what": self.part.label})
        if self.uploads is not None:
            taken = attach_all(self.request, self.application, self.item, self.uploads)
            self._refused_files = not taken
        return True

    def _save_record(self) -> ArchiveItem:
        user = person(self.request)
        if self.item is None:
            return services.add_item(
                owner=user,
                kind=self.part.kind,
                facts=self.form.facts,
                details=self.form.details,
                application=self.application,
            )
        services.take_in(application=self.application, item=self.item, by=user)
        return services.change_item(
            item=self.item,
            facts=self.form.facts,
            details=self.form.details,
            by=user,
            seen_sha256=self.request.POST.get("seen", ""),
        )

    def _only_one(self) -> ArchiveItem | None:
        kept = ArchiveItem.objects.kept().filter(owner=self.application.applicant, kind=self.part.kind)
        return kept.first()

    def _uploads(self, *data: object) -> UploadForm | None:
        if self.section.slot is None:
            return None
        limits = services.limits_for(self.application.round)
        return UploadForm(*data, slot=self.section.slot, limits=limits, required=False, prefix=self.part.kind)


def attach_all(request: HttpRequest, application: Application, item: ArchiveItem, uploads: UploadForm) -> bool:
    """Puts every chosen file into the record's slot; tells of each that is refused. Whether all were taken."""
    refused = False
    for upload in uploads.cleaned_data["uploads"]:
        try:
            services.attach_evidence(
                application=application, item=item, upload=upload, name=upload.name, by=person(request)
            )
        except (files.Refused, ActError) as reason:
            refused = True
            messages.error(request, str(reason))
    return not refused

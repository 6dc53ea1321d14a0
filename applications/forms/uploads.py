"""Choosing evidence files: several at once, their types and sizes told before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import portrait_rules
from applications.models import Evidence
from applications.sections import Slot
from portal.file_checks.content import EXTENSIONS, LABELS
from portal.files import FileLimits
from portal.forms import PlainSelect, PortalForm

MIB = 1 << 20
JPEG = "image/jpeg"


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of uploads; what is in them is judged by the service, file by file."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # noqa: ARG002  Django's own signature
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(chosen)


def document_field(documents: Sequence[str], *, initial: str = "") -> forms.ChoiceField:
    """Which of the documents that a notice asks for a file is."""
    return forms.ChoiceField(
        label=_("材料名称"),
        required=False,
        initial=initial,
        choices=[*((name, name) for name in documents), ("", _("其他佐证材料"))],
        widget=PlainSelect,
        error_messages={"invalid_choice": _("此条现在不需要这种材料，请重新选择材料名称。")},
    )


class DocumentForm(PortalForm):
    """Which document a file is."""

    def __init__(self, *args: Any, documents: Sequence[str], current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"] = document_field(documents, initial=current)


class JoinForm(PortalForm):
    """Which pictures become one PDF, and what it is called."""

    pictures = forms.MultipleChoiceField(label=gettext_lazy("要合并的图片"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=gettext_lazy("合并后的文件名"), max_length=80)

    def __init__(self, *args: Any, pictures: Sequence[Evidence], title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pictures"]
        field.choices = [(str(piece.public_id), piece.file.name) for piece in pictures]  # type: ignore[attr-defined]
        field.initial = [str(piece.public_id) for piece in pictures]
        field.error_messages["required"] = _("请至少选两张图片。")
        self.fields["name"].initial = title[:80]


class UploadForm(PortalForm):
    """Files for one slot.

    Args:
        slot: what the files prove.
        limits: types and greatest size, from the policy pack.
        documents: which documents a file may be; where it is None, that is not asked.
        next_document: which of them it most likely is.
        required: whether the form is about the files alone.
    """

    uploads = SeveralFilesField()

    def __init__(
        self,
        *args: Any,
        slot: Slot,
        limits: FileLimits,
        documents: Sequence[str] | None = None,
        next_document: str = "",
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if documents is not None:
            self.fields["document"] = document_field(documents, initial=next_document)
            self.order_fields(["document"])
        field = self.fields["uploads"]
        field.label, field.required = str(slot.label), required
        field.error_messages["required"] = _("请选择要上传的文件。")
        is_portrait = slot.key == portrait_rules.SLOT
        if is_portrait:
            limits = replace(limits, types=tuple(kind for kind in limits.types if kind == JPEG))
        several = "" if is_portrait else _("可一次选择多个；手机上可直接拍照。")
        field.help_text = " ".join(filter(None, (str(slot.help), limits_sentence(limits) + several)))
        field.widget = SeveralFilesInput(
            attrs={
                "accept": ",".join(_accepted(limits)),
                "data-types": " ".join(limits.types),
                "data-max-bytes": limits.max_bytes,
                "data-too-large": _("超过 %(most)s 的上限：") % {"most": _size(limits)},
            }
        )


def limits_sentence(limits: FileLimits) -> str:
    """What is accepted, in words, before anything is chosen."""
    return _("%(types)s 格式，每个文件不超过 %(most)s。") % {
        "types": "、".join(LABELS[kind] for kind in limits.types),
        "most": _size(limits),
    }


def _accepted(limits: FileLimits) -> list[str]:
    return [*limits.types, *(EXTENSIONS[kind] for kind in limits.types)]


def _size(limits: FileLimits) -> str:
    return f"{limits.max_bytes / MIB:.3g} MB"

"""The list of what is to be mended: lines that name a section of the form, or one record in it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import dossiers
from applications.corrections import PLACES, section_of
from applications.models import Snapshot
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import of_kind
from portal.forms import PortalForm

LINES, MORE_LINES, MOST_LINES = 3, 3, 60
LONGEST_COUNT = 4  # digits of a number of lines; what is longer was not written by the page
SECTION_CHOICES = [("", _("请选择")), *PLACES.items()]
WHOLE = ("", _("整个部分"))


class Records:
    """The records of a submission as a line may name them: choices under their sections."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self.sections: dict[str, str] = {}
        found: dict[str, list[tuple[str, str]]] = {}
        for record in dossiers.submitted(snapshot) if snapshot else []:
            if record.kind == NOTHING:
                continue
            key = self.sections[record.id] = section_of(record.kind, record.facts)
            part = of_kind(record.kind).part(record.kind)
            found.setdefault(key, []).append((record.id, title_of(part, record.facts, record.details)))
        self.choices = [WHOLE, *((PLACES[key], found[key]) for key in PLACES if key in found)]


class WideningForm(PortalForm):
    """Why a return is widened."""

    reason = forms.CharField(
        label=_("补充的原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如申报人来电请求一并更正的内容；申报人将看到。"),
    )


class CorrectionForm(PortalForm):
    """One thing to mend. A line left wholly empty counts for nothing; a record tells its section by itself."""

    section = forms.ChoiceField(label=_("所在部分"), choices=SECTION_CHOICES, required=False)
    text = forms.CharField(
        label=_("补正要求"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, records: Records, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        self.fields["item"] = forms.ChoiceField(
            label=_("具体条目"),
            required=False,
            choices=records.choices,
            help_text=_("只须补正其中一条的，选这一条，申报人只能改这一条；否则整个部分都可以改。"),
        )
        self.order_fields(["section", "item", "text"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        item, text = data.get("item", ""), data.get("text", "").strip()
        section = data["section"] = data.get("section") or self.records.sections.get(item, "")
        if text and not section:
            self.add_error("section", _("请指明需要补正的部分。"))
        if section and not text:
            self.add_error("text", _("请写明这一部分怎样补正。"))
        if item and self.records.sections.get(item) != section:
            self.add_error("item", _("所选条目不在“所在部分”之中，请改选其中一项。"))
        return data


Corrections = forms.formset_factory(CorrectionForm, extra=LINES, max_num=MOST_LINES)


def corrections(data: Any = None, *, snapshot: Snapshot | None) -> "forms.BaseFormSet[CorrectionForm]":
    """The list of things to mend; a post with `more` brings further empty lines."""
    if data is not None and "more" in data:
        data = data.copy()
        shown = str(data.get("lines-TOTAL_FORMS", ""))
        lines = int(shown) if shown.isdecimal() and len(shown) <= LONGEST_COUNT else 0
        data["lines-TOTAL_FORMS"] = str(min(lines + MORE_LINES, MOST_LINES))
    return Corrections(data, prefix="lines", form_kwargs={"records": Records(snapshot)})


def wanted(lines: "forms.BaseFormSet[CorrectionForm]") -> list[Mapping[str, str]]:
    """What the service takes."""
    return [line.cleaned_data for line in lines if line.has_changed()]

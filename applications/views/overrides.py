"""The review office's pages for setting its own finding beside that of the rules, and for taking it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import services
from applications.forms.override import OverrideForm, WithdrawForm
from applications.models import Application, FindingOverride, StepKind
from applications.panel import word_of
from applications.services.overrides import Offer, basis_example, offered_clauses
from applications.views.acts import Question, ask
from applications.views.steps import own_step, shown_application, way_to
from portal import access
from portal.access import person
from portal.forms import PortalForm


@access.signed_in
def finding_override(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`?clause=` chooses the clause beforehand."""
    application = _at_the_office(request, public_id)
    offers = offered_clauses(application)
    asked = request.POST.get("clause") or request.GET.get("clause")
    chosen = next((offer.clause for offer in offers if offer.clause.number == asked), None)

    def act(form: PortalForm) -> str:
        services.override_finding(application=application, by=person(request), **form.cleaned_data)
        return _("人工认定已保存，与系统核对结果并列显示。")

    question = Question(
        title=_("另作认定：%(name)s") % {"name": application.applicant.name},
        submit=_("保存认定"),
        back=_findings_page(application, chosen.number if chosen else ""),
        crumbs=way_to(request, application),
        consequences=(
            _("系统核对结果原样保留，您的认定署名、署日期，并列显示，供后续审核和评审参考。"),
            _("受理之前可以撤销；撤销的认定留在记录里。材料更新后须重新认定。"),
        ),
    )
    return ask(
        request,
        question,
        act,
        form=OverrideForm,
        example=basis_example(application),
        clauses=[(offer.clause.number, _told(offer)) for offer in offers],
        initial={
            "clause": chosen.number if chosen else "",
            "basis": str(chosen.citation) if chosen else "",
            "seen_sha256": application.snapshot.sha256 if application.snapshot else "",
        },
    )


@access.signed_in
def override_withdraw(request: HttpRequest, public_id: UUID, override: UUID) -> HttpResponse:
    application = _at_the_office(request, public_id)
    made = get_object_or_404(
        FindingOverride.objects.select_related("snapshot__application"),
        snapshot__application=application,
        public_id=override,
    )

    def act(form: PortalForm) -> str:
        services.withdraw_override(override=made, by=person(request), **form.cleaned_data)
        return _("人工认定已撤销，记录保留。")

    question = Question(
        title=_("撤销认定：%(clause)s %(verdict)s") % {"clause": made.clause, "verdict": made.get_verdict_display()},
        submit=_("撤销认定"),
        back=_findings_page(application, made.clause),
        crumbs=way_to(request, application),
        consequences=(_("撤销后只显示系统核对结果；原认定及撤销人、日期、理由留在记录里。"),),
        tone="danger",
    )
    return ask(request, question, act, form=WithdrawForm)


def _at_the_office(request: HttpRequest, public_id: UUID) -> Application:
    """The application while it lies at this person's review office; 403 with the reason otherwise."""
    application = shown_application(request, public_id)
    if own_step(request, application).kind != StepKind.OFFICE:
        raise access.Forbidden(_("人工认定由评审办事机构在受理环节作出。"))
    return application


def _told(offer: Offer) -> str:
    """A clause on the list, with what an own finding would stand beside."""
    told = (
        _("%(number)s（系统核对：%(found)s）%(label)s")
        if not offer.is_overridden
        else _("%(number)s（系统核对：%(found)s，已有人工认定）%(label)s")
    )
    return told % {"number": offer.clause.number, "found": word_of(offer.found), "label": offer.clause.label}


def _findings_page(application: Application, clause: str = "") -> str:
    """The findings, at the clause where one is named."""
    place = f"clause-{clause}" if clause else "findings"
    return f"{reverse('applications:dossier_detail', args=[application.public_id])}#{place}"

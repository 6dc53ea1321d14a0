"""The title office's page for cancelling an application."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import bases, services, transitions
from applications.bases import basis
from applications.forms.cancellation import CancelForm
from applications.models import Application
from applications.status import Status
from applications.views.acts import Question, ask
from applications.views.steps import shown_application, way_to
from portal import access
from portal.access import person
from portal.forms import PortalForm
from rules import catalog


@access.signed_in
def application_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks for the clause, the facts and a confirmation; says what falls with it."""
    application = shown_application(request, public_id)
    transitions.require(application, "cancel", person(request))

    def act(form: PortalForm) -> str:
        given = form.cleaned_data
        services.cancel(application=application, by=person(request), clause=given["clause"], reason=given["reason"])
        return _("已取消资格，理由和依据已通知申报人。")

    question = Question(
        title=_("取消资格：%(name)s（%(number)s）")
        % {"name": application.applicant.name, "number": application.number},
        submit=_("取消资格"),
        back=reverse("applications:application_detail", args=[public_id]),
        crumbs=way_to(request, application),
        consequences=_consequences(application),
        tone="danger",
    )
    return ask(request, question, act, form=CancelForm, entry=catalog.get(application.round.policy_id))


def _consequences(application: Application) -> list[str]:
    falls = [
        _("申报立即终止，正在办理的环节随之结束，不能恢复。"),
        _("本年度不能再申报同一系列、专业%(basis)s。") % {"basis": basis(application.round, bases.once_a_year)},
        _("申报人将收到理由和依据的条款。"),
    ]
    if application.status == Status.CERTIFIED:
        falls.insert(1, _("已发的证书同时撤销，公众查验时显示为已撤销。"))
    return falls

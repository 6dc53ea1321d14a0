"""What the applicant opens: rounds, their applications, withdrawing."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications import services
from applications.barriers import ended_by_office
from applications.errors import Stale
from applications.forms.submission import WithdrawForm
from applications.models import Application, Round, RoundState
from applications.reading import title_applied_for
from applications.status import Status
from applications.views.acts import Question, ask
from applications.views.own import own_application, page_of, way_to
from portal import access, clock
from portal.access import person
from portal.chinese_dates import cn_date
from portal.forms import PortalForm
from portal.models import User
from rules import catalog

PAGE_SIZE = 25


@access.public
@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """Published rounds, for anybody: what is applied for, until when, and where one stands in each."""
    user = request.user
    shown = Round.objects.visible_to(user).exclude(state=RoundState.DRAFT).select_related("committee", "office")
    page = Paginator(shown.order_by("-applicant_closes_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    mine = Application.objects.filter(applicant=user) if isinstance(user, User) else Application.objects.none()
    own = mine.filter(round__in=list(page)).exclude(status=Status.WITHDRAWN)
    standing = {application.round_id: application for application in own}
    rows = [(round_, _titles(round_), _specialty(round_), standing.get(round_.pk)) for round_ in page]
    return render(request, "applications/round_list.html", {"page": page, "rows": rows, "today": clock.today()})


@access.signed_in
@require_GET
def application_list(request: HttpRequest) -> HttpResponse:
    """One's own applications, the latest first."""
    own = Application.objects.filter(applicant=person(request)).with_names().order_by("-pk")
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(application, title_applied_for(application)) for application in page]
    return render(request, "applications/application_list.html", {"page": page, "rows": rows})


@access.signed_in
@require_http_methods(["GET", "POST"])
def application_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = own_application(request, public_id)
    user = person(request)

    def act(form: PortalForm) -> str:
        given = form.cleaned_data
        try:
            services.withdraw(application=application, by=user, note=given["note"], seen_status=given["seen"])
        except Stale:
            form.data = {**form.data, "seen": application.status, "note": given["note"]}  # asked anew, as it stands
            raise
        return _("申报已撤回。填写的内容保留在您的业绩档案中，可在申报期内重新申报。")

    ends = (
        _("撤回后，这份草稿不再保留申报事项；填写的内容和材料仍在您的业绩档案中，不计作本年度的一次申报。")
        if application.status == Status.DRAFT
        else _("撤回后，本次申报的审核、公示随即终止，不计作本年度的一次申报。")
    )
    question = Question(
        title=_("撤回申报"),
        submit=_("确认撤回"),
        back=page_of(application),
        crumbs=way_to(application),
        consequences=[ends, _again(application.round)],
        tone="danger",
    )
    return ask(request, question, act, form=WithdrawForm, initial={"seen": application.status})


def _again(round_: Round) -> str:
    """Whether what is withdrawn now can be begun again, said before it is done."""
    day = {"day": cn_date(round_.applicant_closes_on)}
    if ended := ended_by_office(round_):
        return ended + _("撤回以后，不能再申报该批次。")
    if round_.takes_applications:
        return _("个人申报 %(day)s 24:00 截止，在此之前可以重新申报，填写的内容可以直接选用。") % day
    return _("个人申报已于 %(day)s 24:00 截止：撤回以后，不能再申报该批次。") % day


def _titles(round_: Round) -> list[str]:
    procedure = catalog.get(round_.policy_id).procedure
    return [procedure.title_of(level) for level in round_.levels]


def _specialty(round_: Round) -> str:
    """The specialty taken, with its directions where it has several."""
    entry = catalog.get(round_.policy_id)
    directions = [direction.label for direction in entry.procedure.directions]
    return entry.policy.specialty.label + (f"：{'、'.join(directions)}" if len(directions) > 1 else "")

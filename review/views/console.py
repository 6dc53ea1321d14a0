"""The acts at the table: opening, attendance, closing, publishing, confirming."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from applications import bases
from applications.bases import basis
from applications.errors import ActError
from applications.views.acts import CONFLICT, Question, ask, reasons_of
from portal import access
from portal.access import person
from portal.chinese_dates import cn_date
from portal.forms import PortalForm
from portal.roles import Permission
from review import services
from review.forms import AttendanceForm
from review.views.meetings import shown_meeting, way_to


@access.holds(Permission.MANAGE_MEETING)
def meeting_open(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(_form: PortalForm) -> str:
        services.open_meeting(by=user, meeting=shown)
        return _("会议已开始签到。")

    question = Question(title=_("开始签到"), submit=_("开始签到"), back=page, crumbs=crumbs)
    return ask(request, question, act)


@access.holds(Permission.MANAGE_MEETING)
def attendance_mark(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(form: PortalForm) -> str:
        present = services.mark_attendance(by=user, meeting=shown, attending=list(form.cleaned_data["seats"]))
        verdict = _("达到法定人数") if present.met else _("未达到法定人数，不能表决")
        return _("应到 %(members)d 人，到会 %(attending)d 人，须到 %(needed)d 人：%(verdict)s。") % {
            "members": present.members,
            "attending": present.attending,
            "needed": present.needed,
            "verdict": verdict,
        }

    question = Question(
        title=_("登记到会评委"),
        submit=_("登记到会"),
        back=page,
        crumbs=crumbs,
        consequences=[_("第一次开始投票后，到会情况不能再改。")],
    )
    return ask(request, question, act, form=AttendanceForm, meeting=shown)


@access.holds(Permission.MANAGE_MEETING)
def meeting_close(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(_form: PortalForm) -> str:
        services.close_meeting(by=user, meeting=shown)
        return _("会议已结束，评审结果已确定。公示结果是另一步操作。")

    question = Question(
        title=_("结束会议"),
        submit=_("结束会议"),
        back=page,
        crumbs=crumbs,
        consequences=[
            _("按已计票结果确定每份申报通过与否，不能撤销。"),
            _("抽取所用密钥随即公开，任何人可复核抽取结果。"),
        ],
        tone="danger",
    )
    return ask(request, question, act)


@access.holds(Permission.PUBLISH_RESULT)
def result_publish(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(_form: PortalForm) -> str:
        notice = services.publish_results(by=user, meeting=shown)
        if notice is None:
            return _("本次会议没有通过人员，结果已分别通知申报人。")
        return _("结果公示已发布，至 %(day)s 24:00 期满。") % {"day": cn_date(notice.ends_on)}

    question = Question(
        title=_("公示评审结果"),
        submit=_("发布公示"),
        back=page,
        crumbs=crumbs,
        consequences=[
            _("公示内容仅为姓名、单位、专业和职称，公示期不少于规定的工作日%(basis)s。")
            % {"basis": basis(shown.round, bases.result_notice)},
            _("所有申报人将收到各自的结果通知。"),
        ],
    )
    return ask(request, question, act)


@access.holds(Permission.PUBLISH_RESULT)
def result_confirm(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Confirms everybody nobody objected to and shows what became of each."""
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)
    done: list[services.Confirmation] = []
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            done = services.confirm_results(by=user, meeting=shown)
        except ActError as refused:
            refusals, status = reasons_of(refused), CONFLICT
    return render(
        request,
        "review/result_confirm.html",
        {"meeting": shown, "back": page, "crumbs": crumbs, "done": done, "refusals": refusals},
        status=status,
    )

"""The draw as the office runs it, and as it is shown to the watch: first round, supplements, transcript."""

import json
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.views.acts import Question, ask
from portal import access
from portal.access import person
from portal.forms import PortalForm
from portal.roles import Permission
from review import services, transcript
from review.forms import DrawForm
from review.models import MeetingState, RecusalReason
from review.views.meetings import note, shown_meeting, way_to


@access.holds(Permission.RUN_DRAW)
def meeting_draw(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(form: PortalForm) -> str:
        drawn = services.draw_panel(by=user, meeting=shown, public_value=form.cleaned_data["public_value"])
        invited = drawn.seats.count()
        return _("已抽取 %(invited)d 名评委并发出邀请。") % {"invited": invited}

    supplement = shown.state == MeetingState.DRAWN
    question = Question(
        title=_("补抽评审专家") if supplement else _("抽取评审专家"),
        submit=_("补抽专家") if supplement else _("抽取专家"),
        back=page,
        crumbs=crumbs,
        consequences=[
            _("抽取只能进行一次，结果由冻结的名单、已封存的密钥和公开随机值共同决定，不能重抽。"),
            _("已就座的评委不变；须用上报补抽之后才公开的新数值。")
            if supplement
            else _("抽中的专家将收到邀请；专家不能参加时，其余评委不变，系统自动补抽。"),
        ],
    )
    return ask(request, question, act, form=DrawForm)


@access.holds(Permission.RUN_DRAW)
def meeting_supplement(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(_form: PortalForm) -> str:
        filed = services.file_supplement(by=user, meeting=shown)
        told = _("补抽已上报，抽取名单已冻结：新增候选专家 %(joined)d 人。请待新的公开随机值产生后抽取。")
        return told % {"joined": len(filed.given["joined"])}

    question = Question(
        title=_("上报补抽"),
        submit=_("上报补抽"),
        back=page,
        crumbs=crumbs,
        consequences=[
            _("冻结补抽名单：已就座的评委不变，已答复不能参加和须回避的专家不再抽取，上次抽取后入库的专家列入候选。"),
            _("上报之后再填写新的公开随机值抽取，名单和数值都不能再改。"),
        ],
    )
    return ask(request, question, act)


@access.signed_in
@require_safe
def draw_transcript(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    shown = shown_meeting(request, meeting)
    told = services.transcript_of(shown)
    rounds = [{**entry, "given": json.loads(entry["input"])} for entry in told["rounds"]]
    return render(
        request,
        "review/draw_transcript.html",
        {
            "meeting": shown,
            "told": told,
            "rounds": rounds,
            "reasons": dict(RecusalReason.choices),
            "drawn": shown.draws.select_related("drawn_by"),
            "verdict": _verdict(told) if shown.is_done else "",
        },
    )


@access.signed_in
@require_safe
def draw_transcript_file(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """The transcript as a file for anyone to check; taking it is an entry of the audit log."""
    user, shown = person(request), shown_meeting(request, meeting)
    note(user, shown, "draw.export")
    body = json.dumps(services.transcript_of(shown), ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{shown.public_id}.json"'
    return response


def _verdict(told: dict[str, object]) -> str:
    try:
        transcript.verify(told)
    except transcript.TranscriptError as wrong:
        return str(wrong)
    return "repeated"

"""The expert pool: its composition duties and its members."""

import uuid

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications.models import Round
from applications.views.acts import Crumb, Question, ask
from portal import access, clock
from portal.access import person
from portal.forms import PortalForm
from portal.models import Organization, OrganizationKind, User
from portal.roles import Permission
from review import services
from review.forms import EndForm, EnrolForm
from review.models import PoolMember

PAGE = 25
POOLS = gettext_lazy("专家库")


def _committees(user: User) -> QuerySet[Organization]:
    offices = access.organizations_with(user, Permission.MANAGE_POOL)
    roots = access.organizations_with(user, Permission.OBSERVE).values("root")
    committees = Organization.objects.filter(kind=OrganizationKind.COMMITTEE)
    return committees.filter(parent__in=offices) | committees.filter(root__in=roots)


def _require_watch(request: HttpRequest) -> User:
    user = person(request)
    if not (
        access.holds_anywhere(user, Permission.MANAGE_POOL)
        or access.holds_anywhere(user, Permission.MANAGE_MEETING)
        or access.holds_anywhere(user, Permission.OBSERVE)
    ):
        raise access.Forbidden(_("此页面供评审办经办人员和监督人员使用。评审专家请从“我的评审”进入。"))
    return user


@access.signed_in
@require_safe
def pool_list(request: HttpRequest) -> HttpResponse:
    committees = _committees(_require_watch(request)).order_by("name")
    return render(request, "review/pool_list.html", {"committees": committees})


@access.signed_in
@require_safe
def pool_detail(request: HttpRequest, committee: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = get_object_or_404(_committees(user), public_id=committee)
    members = PoolMember.objects.visible_to(user).filter(committee=shown, state="active")
    round_ = Round.objects.filter(committee=shown).order_by("-year", "-pk").first()
    findings = services.composition_of(shown, round_.policy_id, clock.today()) if round_ else []
    page = Paginator(members.select_related("expert__user").order_by("pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "review/pool_detail.html",
        {
            "committee": shown,
            "findings": findings,
            "page": page,
            "may_manage": bool(shown.parent and access.decide(user, Permission.MANAGE_POOL, shown.parent)),
        },
    )


@access.holds(Permission.MANAGE_POOL)
def pool_enrol(request: HttpRequest, committee: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = get_object_or_404(_committees(user), public_id=committee)
    back = reverse("review:pool_detail", args=[committee])

    def act(form: PortalForm) -> str:
        assert isinstance(form, EnrolForm)
        typed = form.cleaned_data
        member = services.enrol(
            by=user,
            committee=shown,
            user=form.user,
            facts=services.ExpertFacts(
                title_level=typed["title_level"],
                employer_kind=typed["employer_kind"],
                unit_name=typed["unit_name"].strip(),
                organization=form.organization(shown.root),
                skilled=typed["skilled"],
                directions=tuple(typed["directions"]),
            ),
            term_from=typed["term_from"],
            term_until=typed["term_until"],
        )
        return _("%(name)s已入库。") % {"name": member.expert.name}

    crumbs: list[Crumb] = [(POOLS, reverse("review:pool_list")), (shown.name, back)]
    question = Question(title=_("专家入库"), submit=_("入库"), back=back, crumbs=crumbs)
    return ask(request, question, act, form=EnrolForm)


@access.holds(Permission.MANAGE_POOL)
def pool_member_end(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = get_object_or_404(
        PoolMember.objects.visible_to(user).select_related("committee", "expert__user"), public_id=member
    )
    back = reverse("review:pool_detail", args=[shown.committee.public_id])

    def act(form: PortalForm) -> str:
        services.end_membership(by=user, member=shown, **form.cleaned_data)
        return _("%(name)s已出库。") % {"name": shown.expert.name}

    question = Question(
        title=_("将%(name)s移出专家库") % {"name": shown.expert.name},
        submit=_("移出专家库"),
        back=back,
        crumbs=[(POOLS, reverse("review:pool_list")), (shown.committee.name, back)],
        consequences=[_("已抽取的会议席位不受影响；此后的抽取不再包括该专家。")],
        tone="danger",
    )
    return ask(request, question, act, form=EndForm)

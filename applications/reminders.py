"""What people are reminded of: a draft or a return whose day comes near, and once a year the archive.

Each is sent once: a message is named by the thing, its day and the days before it, so that a day that is moved is
told anew, and a run that was missed is made up for.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import corrections
from applications.messages import link
from applications.models import Application, ArchiveItem, RoundState
from applications.status import Status
from portal import clock
from portal.chinese_dates import cn_date
from portal.models import User
from portal.notifications import notify, register

DAYS_BEFORE = (1, 3, 7)
JANUARY = 1


def register_messages() -> None:
    register(
        "applications.draft_closes",
        "申报还没有提交：{left}（{round}）",
        "您在“{round}”的申报还是草稿，没有提交。个人申报 {due} 24:00 截止，{left}；草稿不算申报。"
        "请登录系统核对并提交。不再申报的，可以撤回草稿，以后不再提醒。",
        ["round", "due", "left"],
    )
    register(
        "applications.return_closes",
        "补正后还没有重新提交：{left}（{number}）",
        "您的申报（{number}）退回补正后还没有重新提交，补正期限为 {due} 24:00，{left}；"
        "还有 {open} 项要求没有写明怎样补正。请登录系统逐项补正后重新提交。",
        ["number", "due", "left", "open"],
    )
    register(
        "applications.archive_yearly",
        "请更新您的业绩档案（{year}年）",
        "您的业绩档案自 {touched} 以后没有更新。请登录系统补充近来的学历、任职、考核、继续教育和业绩，"
        "申报时直接选用，不必临时补填。没有变化的，不须办理。",
        ["year", "touched"],
    )


def remind() -> int:
    """Sends what is due today; how many messages were meant, sent earlier or now. Run as often as one likes."""
    today = clock.today()
    told = sum(_tell(application, due, since, today) for application, due, since in _near(today))
    return told + (_remind_of_archives(today) if today.month == JANUARY else 0)


def _near(today: date) -> Iterator[tuple[Application, date, date]]:
    """Applications that lie with their applicants, each with its last day and the day on which it came to them."""
    soon = today + timedelta(days=max(DAYS_BEFORE))
    everything = Application.objects.select_related("applicant", "round__office")
    drafts = everything.filter(status=Status.DRAFT, round__state=RoundState.OPEN)
    for application in drafts.filter(round__applicant_closes_on__range=(today, soon)):
        yield application, application.round.applicant_closes_on, _day(application.created_at)
    for application in everything.filter(status=Status.RETURNED).with_way():
        asked = corrections.mending(application)
        if asked and asked.step.due_on and asked.step.decided_at and today <= asked.step.due_on <= soon:
            yield application, asked.step.due_on, _day(asked.step.decided_at)


def _tell(application: Application, due: date, since: date, today: date) -> bool:
    left = (due - today).days
    before = next(days for days in DAYS_BEFORE if left <= days)
    if since >= due - timedelta(days=before):
        return False  # they were at it on that day, or it came to them later
    context: dict[str, object] = {"due": cn_date(due), "left": _left(left)}
    template = "applications.draft_closes"
    if application.status == Status.RETURNED:
        asked = corrections.mending(application)
        context |= {"number": application.number, "open": len(asked.left) if asked else 0}
        template = "applications.return_closes"
    else:
        context["round"] = application.round.name
    notify(
        application.applicant,
        template,
        context,
        organization=application.round.office,
        link=link(application),
        dedupe=f"deadline:{application.pk}:{due.isoformat()}:{before}",
    )
    return True


def _remind_of_archives(today: date) -> int:
    """Those who keep an archive and have not touched it since the year before last ended."""
    long_ago = datetime.combine(date(today.year - 1, 1, 1), time.min, tzinfo=clock.ZONE)
    kept = ArchiveItem.objects.values("owner").annotate(
        held=Count("pk", filter=Q(removed_at__isnull=True)),
        changed=Max("changed_at"),
        removed=Max("removed_at"),
        filed=Max("evidence__added_at"),
    )
    touched = {
        row["owner"]: max(filter(None, (row["changed"], row["removed"], row["filed"])))
        for row in kept.filter(held__gt=0, changed__lt=long_ago)
    }
    people = User.objects.filter(pk__in=[owner for owner, last in touched.items() if last < long_ago], is_active=True)
    for owner in people:
        latest = Application.objects.filter(applicant=owner).select_related("round__office").order_by("-pk").first()
        notify(
            owner,
            "applications.archive_yearly",
            {"year": today.year, "touched": cn_date(touched[owner.pk])},
            organization=latest.round.office if latest else None,
            link=reverse("applications:archive"),
            dedupe=f"archive:{today.year}",
        )
    return len(people)


def _left(days: int) -> str:
    if days == 0:
        return _("今天截止")
    return _("明天截止") if days == 1 else _("还有 %(days)d 天") % {"days": days}


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.ZONE).date()

"""Which rows of review a person may see. Every view starts here; what is not in these sets is 404.

Applicants and employers see nothing of it: who sits in a meeting stays closed to them.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal import access
from portal.models import User
from portal.roles import Permission

if TYPE_CHECKING:
    from review.models import Entry, Meeting, PoolMember, Seat  # noqa: F401  in strings below

Someone = User | AnonymousUser
READING = ("drawn", "open", "voting")


class PoolMemberQuerySet(QuerySet["PoolMember"]):
    def visible_to(self, user: Someone) -> Self:
        """A pool for the office that its committee belongs to, and for the watch of its region."""
        offices = access.organizations_with(user, Permission.MANAGE_POOL)
        roots = access.organizations_with(user, Permission.OBSERVE).values("root")
        return self.filter(Q(committee__parent__in=offices) | Q(committee__root__in=roots))

    def sitting(self, day: date) -> Self:
        """Members whose term covers the day."""
        return self.filter(state="active", term_from__lte=day, term_until__gte=day)


class MeetingQuerySet(QuerySet["Meeting"]):
    def visible_to(self, user: Someone) -> Self:
        """Meetings of one's office, and those of the region for its watch. Experts read through `seated`."""
        if not user.is_authenticated:
            return self.none()
        offices = access.organizations_with(user, Permission.MANAGE_MEETING)
        roots = access.organizations_with(user, Permission.OBSERVE).values("root")
        return self.filter(Q(round__office__in=offices) | Q(round__office__root__in=roots))

    def short(self) -> Self:
        """Drawn meetings with places open: an expert declined and could not be replaced lawfully."""
        taken = Count("seats", filter=~Q(seats__state="declined"))
        return self.filter(state="drawn").annotate(taken=taken).filter(taken__lt=F("panel_size"))


class SeatQuerySet(QuerySet["Seat"]):
    def of(self, user: Someone) -> Self:
        """One's own seats that one has not declined."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(expert__user=user).exclude(state="declined")

    def taken(self) -> Self:
        return self.exclude(state="declined")


class EntryQuerySet(QuerySet["Entry"]):
    def readable_by(self, user: Someone) -> Self:
        """What an expert may read: own seat accepted and committed, not recused, the meeting not yet over."""
        if not user.is_authenticated:
            return self.none()
        recusals = apps.get_model("review", "Recusal").objects
        recused = recusals.filter(entry=OuterRef("pk"), seat__expert__user=user)
        return self.filter(
            ~Exists(recused),
            meeting__state__in=READING,
            meeting__seats__expert__user=user,
            meeting__seats__state="accepted",
            meeting__seats__committed_at__isnull=False,
        )

    def visible_to(self, user: Someone) -> Self:
        """Entries of the meetings an office or a watch sees, and those an expert may read."""
        if not user.is_authenticated:
            return self.none()
        meetings = apps.get_model("review", "Meeting").objects
        own = self.model.objects.readable_by(user)
        return self.filter(Q(meeting__in=meetings.visible_to(user)) | Q(pk__in=own.values("pk")))

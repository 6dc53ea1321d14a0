"""Which rows a person may see. Every view starts here; what is not in these sets is 404.

`Application.visible_to` is a sum of one condition a role. Experts are not in it: they read through their seat
in `review`. Regions do not mix: every condition rests on an organisation the person belongs to.
"""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from portal import access, clock
from portal.models import User
from portal.roles import Permission

if TYPE_CHECKING:
    from applications.models import (  # noqa: F401  in strings below
        Application,
        ArchiveItem,
        Ban,
        Evidence,
        Notice,
        Round,
        RoundPaper,
    )

Someone = User | AnonymousUser
# The condition of a role that the person does not hold: it joins no table and finds nothing.
NONE = Q(pk__in=[])


def _as_applicant(user: Someone) -> Q:
    return Q(applicant=user)


def _as_employer(user: Someone) -> Q:
    """Applications of which one's own unit is the employer, once they were submitted to it."""
    units = access.held_in(user, Permission.VIEW_EMPLOYER_APPLICATIONS)
    return Q(employer__in=units) & _reached(user, Permission.VIEW_EMPLOYER_APPLICATIONS) if units else NONE


def _as_supervisor(user: Someone) -> Q:
    return _reached(user, Permission.SUPERVISE)


def _as_office(user: Someone) -> Q:
    return _reached(user, Permission.ACCEPT)


def _as_region_watch(user: Someone) -> Q:
    """Title office and inspectors: everything submitted under the root of their own organisation."""
    roots = access.roots_held(user, Permission.OBSERVE)
    return Q(round__office__root__in=roots, submitted_at__isnull=False) if roots else NONE


def _reached(user: Someone, permission: Permission) -> Q:
    """Applications of which a step of one's own organisation has been opened."""
    held = access.held_in(user, permission)
    steps = apps.get_model("applications", "ApprovalStep").objects.filter(
        organization__in=held, opened_at__isnull=False
    )
    return Q(pk__in=steps.values("application")) if held else NONE


def may_know_result(user: Someone, application: "Application") -> bool:
    """Whether a decided result that is not published yet is open to this person: its office and its region's watch."""
    if not application.awaits_publication:
        return True
    if not user.is_authenticated or application.applicant_id == user.pk:
        return False
    office = application.round.office
    watched = access.organizations_with(user, Permission.OBSERVE).filter(root=office.root_id)
    return bool(access.decide(user, Permission.MANAGE_MEETING, office)) or watched.exists()


class RoundQuerySet(QuerySet["Round"]):
    def visible_to(self, user: Someone) -> Self:
        """Published rounds for anyone; rounds in preparation for their own office and the title office."""
        if not user.is_authenticated:
            return self.exclude(state="draft")
        offices = access.held_in(user, Permission.MANAGE_ROUND)
        return self.filter(
            ~Q(state="draft") | Q(office__in=offices) | Q(office__root__in=access.roots_held(user, Permission.OBSERVE))
        )

    def managed_by(self, user: Someone) -> Self:
        return self.filter(office__in=access.held_in(user, Permission.MANAGE_ROUND))

    def taking_applications(self) -> Self:
        """Those in which one may begin an application today."""
        today = clock.today()
        return self.filter(state="open", opens_on__lte=today, applicant_closes_on__gte=today)


class ApplicationQuerySet(QuerySet["Application"]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated:
            return self.none()
        roles = (_as_employer(user), _as_supervisor(user), _as_office(user), _as_region_watch(user))
        return self.filter(reduce(or_, [role for role in roles if role is not NONE], _as_applicant(user)))

    def visible_at(self, user: Someone, permission: Permission) -> Self:
        """Of those visible, what came at some time to an organisation in which the person holds the permission."""
        return self.filter(_reached(user, permission))

    def visible_to_watch(self, user: Someone) -> Self:
        """Of those visible, everything submitted in the regions whose watch the person is."""
        return self.filter(_as_region_watch(user))

    def with_names(self) -> Self:
        """What every list shows, in one query."""
        return self.select_related("applicant", "employer", "round", "round__office")

    def with_way(self) -> Self:
        """The steps with their bodies and the moves with their persons, read once for track and record.

        Of one application: `applications.way`.
        """
        steps = apps.get_model("applications", "ApprovalStep").objects.select_related("organization")
        moves = apps.get_model("applications", "TransitionRecord").objects.select_related("by")
        return self.prefetch_related(Prefetch("steps", queryset=steps), Prefetch("history", queryset=moves))


class ArchiveItemQuerySet(QuerySet["ArchiveItem"]):
    def visible_to(self, user: Someone) -> Self:
        """One's own records, and those chosen for an application one may see."""
        if not user.is_authenticated:
            return self.none()
        seen = apps.get_model("applications", "Application").objects.visible_to(user)
        return self.filter(Q(owner=user) | Q(pk__in=seen.values("items")))

    def kept(self) -> Self:
        return self.filter(removed_at__isnull=True)


class EvidenceQuerySet(QuerySet["Evidence"]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated:
            return self.none()
        seen = apps.get_model("applications", "Application").objects.visible_to(user)
        return self.filter(Q(owner=user) | Q(application__in=seen) | Q(item__in=seen.values("items")))

    def kept(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def usable(self) -> Self:
        """Without what the check has refused."""
        return self.exclude(file__state="refused")


class NoticeQuerySet(QuerySet["Notice"]):
    def public(self) -> Self:
        """Result notices, for anyone. Notices inside a unit are not public."""
        return self.filter(kind="result").exclude(state="withdrawn")

    def visible_to(self, user: Someone) -> Self:
        """Public ones; those of one's own organisation; those that name oneself; a region's for its watch."""
        if not user.is_authenticated:
            return self.public()
        managed = access.held_in(user, Permission.MANAGE_NOTICE)
        entries = apps.get_model("applications", "NoticeEntry").objects.filter(application__applicant=user)
        return self.filter(
            (Q(kind="result") & ~Q(state="withdrawn"))
            | Q(organization__in=managed)
            | Q(round__office__root__in=access.roots_held(user, Permission.OBSERVE))
            | Q(pk__in=entries.values("notice"))
        )


class BanQuerySet(QuerySet["Ban"]):
    def visible_to(self, user: Someone) -> Self:
        """Those of the regions whose bans one keeps; the person barred reads theirs where they would file."""
        return self.filter(region__in=access.roots_held(user, Permission.MANAGE_BAN))

    def against(self, user: User) -> Self:
        """Those that name the person, by log-in or by the document registered now."""
        documents = apps.get_model("portal", "IdentityDocument").objects.filter(user=user)
        return self.filter(Q(user=user) | Q(identity_digest__in=documents.values("digest")))

    def standing(self, day: date) -> Self:
        """Those that bar on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), lifted_at__isnull=True, starts_on__lte=day)


class RoundPaperQuerySet(QuerySet["RoundPaper"]):
    def visible_to(self, user: Someone) -> Self:
        """Those of the rounds one may see."""
        rounds = apps.get_model("applications", "Round").objects.visible_to(user)
        return self.filter(round__in=rounds)

    def kept(self) -> Self:
        return self.filter(removed_at__isnull=True)

"""Which documents and certificates a person may see. Every view starts here; what is not in these sets is 404."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from portal import access
from portal.models import User
from portal.roles import Permission

if TYPE_CHECKING:
    from certificates.models import Certificate, Document  # noqa: F401  in strings below

Someone = User | AnonymousUser


def _seen(user: Someone, prefix: str) -> Q:
    """One's own; those of the unit one works for; those of one's office's rounds; a region's for its watch."""
    units = access.organizations_with(user, Permission.VIEW_EMPLOYER_APPLICATIONS)
    offices = access.organizations_with(user, Permission.ISSUE_CERTIFICATE)
    roots = access.organizations_with(user, Permission.OBSERVE).values("root")
    return (
        Q(**{f"{prefix}applicant": user})
        | Q(**{f"{prefix}employer__in": units})
        | Q(**{f"{prefix}round__office__in": offices})
        | Q(**{f"{prefix}round__office__root__in": roots})
    )


class DocumentQuerySet(QuerySet["Document"]):
    def visible_to(self, user: Someone) -> Self:
        return self.filter(_seen(user, "application__")) if user.is_authenticated else self.none()


class CertificateQuerySet(QuerySet["Certificate"]):
    def visible_to(self, user: Someone) -> Self:
        return self.filter(_seen(user, "application__")) if user.is_authenticated else self.none()

    def valid(self) -> Self:
        return self.filter(state="valid")

    def with_papers(self) -> Self:
        """What lists and cards show, in one query."""
        return self.select_related("document__file", "review_form__file", "application__round", "archiving")

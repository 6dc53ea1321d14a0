"""How staff get to the portal's own pages: the menu and the to-do list."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import access, navigation, worklist
from portal.models import Delivery, User
from portal.navigation import NavItem
from portal.roles import Permission
from portal.worklist import WorkItem


@navigation.register
def mail_entrance(user: User | AnonymousUser) -> Iterator[NavItem]:
    if access.holds_anywhere(user, Permission.MANAGE_MESSAGES):
        yield NavItem(_("邮件发送"), reverse("portal:delivery_list"), 65)


@worklist.register
def failed_mail(user: User) -> Iterator[WorkItem]:
    """Mail that was given up; it waits until somebody sends it anew or puts it aside."""
    if access.holds_anywhere(user, Permission.MANAGE_MESSAGES):
        failed = Delivery.objects.visible_to(user).failed_for_good()
        yield WorkItem(_("发送失败的邮件"), failed.count(), f"{reverse('portal:delivery_list')}?state=failed", order=30)

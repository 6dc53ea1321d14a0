"""The addresses of the whole portal. Siblings are named by strings: portal imports none of them."""

from importlib import util

from django.conf import settings
from django.urls import include, path

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("account/unified/", include("portal.unified_urls")),
    # Not allauth.urls: the pages of its social accounts are ours.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    *[
        path("", include(module))
        for module in ("portal.page_urls", "applications.urls", "review.urls", "certificates.urls")
        if util.find_spec(module)
    ],
]
if settings.DEMO and util.find_spec("portal.demo_urls"):
    urlpatterns.append(path("demo/", include("portal.demo_urls")))

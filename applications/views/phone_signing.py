"""What the QR code leads to: a page without log-in, for one signature. It shows no more than what is signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import commitments, services
from applications.errors import ActError
from applications.forms.signing import SignatureForm
from applications.models import SigningLink
from applications.reading import title_applied_for
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.signing import FORM_BYTES
from portal import access, upload_limit
from portal.rate_limit import Limit

# Slows down whoever tries tokens, and whoever asks without end under one that there is. A person needs two or three
# requests, but a company or a mobile network has few addresses for many people, and all of them sign in the last days:
# a link that there is counts by itself.
TRIES = Limit("phone_sign", times=600, seconds=600)
ASKED = Limit("phone_sign_link", times=60, seconds=600)
# Why a link is closed: what is said, and with what status.
CLOSED = {
    "unknown": (404, _("这个签名链接无效：地址不完整，或者电脑上已经生成了新的二维码。请扫描电脑页面上最新的二维码。")),
    "expired": (410, _("这个签名链接已过期（有效期10分钟）。请在电脑页面上重新生成二维码，再扫一次。")),
    "used": (410, _("这个签名链接已经用过，签名已收到。请回到电脑页面继续；要重签的，请在电脑上重新生成二维码。")),
    "changed": (
        409,
        _("生成二维码之后，申报内容或承诺文本有改动，不能再用它签名。请在电脑上重新核对，再生成二维码。"),
    ),
    "submitted": (410, _("这份申报已经提交，或者已经撤回，不需要再签名。")),
}


@upload_limit.at_most(FORM_BYTES)
@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def phone_sign(request: HttpRequest, token: str) -> HttpResponse:
    """The commitment and the pad; on a valid signature, the word that the desk goes on by itself."""
    try:
        link = services.link_of(token)
        if not ASKED.allows_one(link.token_sha256):
            return ASKED.refusal(request)
        return _unlisted(_page(request, token, link))
    except services.LinkClosed as closed:
        if closed.why == "unknown" and not TRIES.allows(request):
            return TRIES.refusal(request)
        status, sentence = CLOSED[closed.why]
        return _unlisted(render(request, "applications/phone_closed.html", {"sentence": sentence}, status=status))


def _page(request: HttpRequest, token: str, link: SigningLink) -> HttpResponse:
    application = link.application
    hashes = {"seen_sha256": link.content_sha256, "words_sha256": link.words_sha256}
    form = SignatureForm(request.POST or None, initial=hashes)
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                services.sign_by_link(token=token, written=form.written(request.headers.get("User-Agent", "")))
            except services.LinkClosed:
                raise
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                return render(request, "applications/phone_signed.html")
    context = {
        "name": application.applicant.name,
        "title": title_applied_for(application),
        "year": application.round.year,
        "undertakings": commitments.of_applicant(application.round.policy_id),
        "seen": link.content_sha256,
        "until": link.expires_at,
        "sign_form": form,
        "form": form,
        "refusals": refusals,
    }
    return render(request, "applications/phone_sign.html", context, status=status)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

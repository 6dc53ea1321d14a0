"""Checks by anyone. These pages set no cookie and read no session: who asks is nobody's business."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from certificates import verification
from certificates.forms import FileForm, NumberForm
from portal import access, upload_limit
from portal.rate_limit import Limit

# What a browser writes round a file, and to spare.
FORM_BYTES = 64 * 1024
# Slows down whoever walks through numbers.
CHECKS = Limit("verify", times=30, seconds=60)


@access.public
@never_cache
@require_GET
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code leads to."""
    if not CHECKS.allows(request):
        return CHECKS.refusal(request)
    return _result(request, verification.verify_token(token))


@access.public
@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Both ways to ask without a code. A query by number is a GET: it changes nothing and can be sent on."""
    asked = "number" in request.GET or "name" in request.GET
    form = NumberForm(request.GET if asked else None)
    if not asked or not form.is_valid():
        return render(request, "certificates/verification_form.html", {"form": form, "file_form": FileForm()})
    if not CHECKS.allows(request):
        return CHECKS.refusal(request)
    return _result(request, verification.verify_number(form.cleaned_data["number"], form.cleaned_data["name"]))


# Nothing is changed and nobody is signed in by it, so a token against forged requests would only set a cookie.
@csrf_exempt
@upload_limit.at_most(verification.MOST_BYTES + FORM_BYTES)
@access.public
@never_cache
@require_http_methods(["POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Compares a file with what was issued. Who asks too often is turned away before anything is read."""
    if not CHECKS.allows(request):
        return CHECKS.refusal(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        page = {"form": NumberForm(), "file_form": form}
        return render(request, "certificates/verification_form.html", page, status=400)
    return _result(request, verification.verify_file(form.cleaned_data["file"]))


def _result(request: HttpRequest, finding: verification.Finding) -> HttpResponse:
    answer = render(
        request,
        "certificates/verification_result.html",
        {"finding": finding, "certificate": finding.certificate},
        status=200 if finding.certificate else 404,
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer

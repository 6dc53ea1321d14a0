"""Importing into the archive: the template, the filled one shown row by row, and its confirmation."""

from collections import Counter
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applications import services
from applications.forms.importing import ConfirmImportForm, ImportForm
from applications.importing import preview
from applications.importing.preview import Judged
from applications.importing.reading import MOST_BYTES, Unreadable, read_book
from applications.importing.sheets import SHEETS, UnsoundRow, explanation
from applications.views.acts import INVALID, reasons_of
from applications.views.desk import Desk
from portal import access
from portal.access import person
from portal.upload_limit import at_most

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The file with what a form needs around it; a little more is read, so that the sentence about the size can be said.
MOST_SENT = 2 * MOST_BYTES
PREVIEW = "applications/archive_import_preview.html"


@access.signed_in
@at_most(MOST_SENT)
@require_http_methods(["GET", "POST"])
def archive_import(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["book"]
        try:
            book = read_book(upload, upload.size)
        except Unreadable as refused:
            form.add_error("book", reasons_of(refused)[0])
        else:
            return _previewed(request, preview.new(book.rows), book.left_out)
    context = {
        "form": form,
        "crumbs": Desk(person(request)).way,
        "explanation": explanation(),
        "kinds": [str(sheet.part.label) for sheet in SHEETS],
    }
    return render(request, "applications/archive_import.html", context, status=INVALID if form.errors else 200)


@access.signed_in
@require_GET
def archive_import_template(request: HttpRequest) -> HttpResponse:
    from applications.importing import template  # noqa: PLC0415  its library is heavy, and few ask for a file

    del request
    return _workbook(template.template(), _("业绩档案导入模板.xlsx"))


@access.signed_in
@require_POST
def archive_import_confirm(request: HttpRequest) -> HttpResponse:
    form, judged = _come_back(request)
    if not judged:
        return redirect("applications:archive_import")
    records = [one.record for one in judged if one.sound]
    done = services.import_records(by=person(request), records=records, with_twins=form.cleaned_data["with_twins"])
    told = {"added": done.added, "twins": done.twins, "before": done.before, "left": len(judged) - len(records)}
    if done.added or not done.before:
        messages.success(request, _("已导入 %(added)d 条。") % told)
    if done.before:
        messages.info(request, _("%(before)d 条此前已经导入，没有重复添加。") % told)
    if done.twins:
        messages.info(request, _("%(twins)d 条与档案中已有内容重复，没有导入。") % told)
    if told["left"]:
        messages.warning(request, _("%(left)d 行有问题，没有导入。请更正后重新上传。") % told)
    return redirect("applications:archive")


@access.signed_in
@require_POST
def archive_import_unsound(request: HttpRequest) -> HttpResponse:
    from applications.importing import template  # noqa: PLC0415  its library is heavy, and few ask for a file

    _form, judged = _come_back(request)
    rows: dict[str, list[UnsoundRow]] = {}
    for one in judged:
        if not one.sound:
            cells = [one.row.texts.get(column.name, "") for column in one.sheet.columns]
            rows.setdefault(one.row.kind, []).append((cells, message_of(one)))
    if not rows:
        return redirect("applications:archive_import")
    return _workbook(template.unsound(rows), _("需要更正的行.xlsx"))


def message_of(judged: Judged) -> str:
    """What is wrong with a row, in one cell."""
    return "\n".join(f"{label}：{said}" if label else said for label, said in judged.faults)


def _previewed(request: HttpRequest, shown: preview.Preview, left_out: list[str]) -> HttpResponse:
    owner = person(request)
    judged = preview.judge(shown, services.likenesses(owner, {row.kind for row in shown.rows}))
    counts = Counter("unsound" if not one.sound else "twin" if one.twin else "new" for one in judged)
    context = {
        "crumbs": [*Desk(owner).way, (_("批量导入"), reverse("applications:archive_import"))],
        "groups": [(sheet.title, list(rows)) for sheet, rows in groupby(judged, key=lambda one: one.sheet)],
        "form": ConfirmImportForm(initial={"sealed": preview.seal(shown, owner)}),
        "left_out": left_out,
        "total": len(judged),
        "new": counts["new"],
        "twins": counts["twin"],
        "unsound": counts["unsound"],
    }
    return render(request, PREVIEW, context)


def _come_back(request: HttpRequest) -> tuple[ConfirmImportForm, list[Judged]]:
    """The rows of the page as they are judged now; none where it lapsed, which is told."""
    form = ConfirmImportForm(request.POST)
    owner = person(request)
    try:
        form.is_valid()
        shown = preview.opened(form.cleaned_data.get("sealed", ""), owner)
    except preview.Lapsed as lapsed:
        messages.error(request, reasons_of(lapsed)[0])
        return form, []
    return form, preview.judge(shown, services.likenesses(owner, {row.kind for row in shown.rows}))


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Cache-Control"] = "no-store"
    return response

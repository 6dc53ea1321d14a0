"""Files that are in their slot: which document each is, their order, pictures joined into one PDF."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import sections, services
from applications.errors import ActError, Refused
from applications.forms.uploads import DocumentForm, JoinForm
from applications.models import Evidence
from applications.reading import title_of
from applications.views import slot
from applications.views.acts import CONFLICT, Question, ask, reasons_of
from applications.views.desk import desk_of
from applications.views.evidence import own_slot
from portal import access, files
from portal.access import person
from portal.forms import PortalForm


@access.signed_in
@require_http_methods(["GET", "POST"])
def evidence_change(request: HttpRequest, evidence: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Which document a file is (a page that asks), and its place among the others (`move`, a button at its row)."""
    desk = desk_of(request, public_id)
    user = person(request)
    own = Evidence.objects.visible_to(user).kept().filter(owner=user, item__isnull=False)
    piece = get_object_or_404(own.select_related("file", "item", "application"), public_id=evidence)
    assert piece.item is not None
    section = sections.section(piece.section)
    desk.require_open(section, piece.item)
    here = slot.SlotPage(desk, section, section.part(piece.item.kind), piece.item)
    if move := request.POST.get("move"):
        return _moved(request, piece, up=move == "up", back=f"{here.address}#file-{piece.public_id}")

    def act(form: PortalForm) -> str:
        document = form.cleaned_data["document"]
        services.name_document(evidence=piece, document=document, by=user, application=desk.application)
        return _("已注明“%(name)s”的材料名称。") % {"name": piece.file.name}

    question = Question(
        title=_("“%(name)s”是哪一种材料") % {"name": piece.file.name},
        submit=_("保存"),
        back=here.address,
        onward=f"{here.address}#file-{piece.public_id}",
        crumbs=desk.way_to(section),
    )
    return ask(request, question, act, form=DocumentForm, documents=here.names, current=piece.document)


@access.signed_in
@require_http_methods(["GET", "POST"])
def evidence_join(request: HttpRequest, item: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Pictures of a record joined into one PDF, in the order in which they stand."""
    here, record = own_slot(request, item, public_id)
    desk, section = here.desk, here.section
    pictures = [piece for piece in here.pieces if services.can_be_joined(piece)]

    def act(form: PortalForm) -> str:
        wanted = [piece for piece in pictures if str(piece.public_id) in form.cleaned_data["pictures"]]
        name = form.cleaned_data["name"]
        try:
            services.join_pictures(pieces=wanted, name=name, by=person(request), application=desk.application)
        except files.Refused as refused:
            raise Refused([str(refused)]) from refused
        return _("已把 %(count)s 张图片合并为“%(name)s.pdf”，系统正在检查。") % {"count": len(wanted), "name": name}

    question = Question(
        title=_("把图片合并为一个 PDF"),
        submit=_("合并"),
        back=here.address,
        crumbs=desk.way_to(section),
        consequences=[
            _("按下面的先后顺序合并，一张图片一页；要改顺序，请返回后用“上移”“下移”。"),
            _("合并后的文件代替这些图片；超过单个文件大小上限的，图片会适当缩小。"),
        ],
    )
    title = title_of(here.part, record.facts, record.details)
    return ask(request, question, act, form=JoinForm, pictures=pictures, title=title)


def _moved(request: HttpRequest, piece: Evidence, *, up: bool, back: str) -> HttpResponse:
    try:
        services.move_evidence(evidence=piece, up=up, by=person(request))
    except ActError as refused:
        reasons = reasons_of(refused)
        if slot.asks_for_json(request):
            return slot.refusal(reasons, CONFLICT)
        messages.error(request, "；".join(reasons))
        return redirect(back)
    return JsonResponse({"moved": str(piece.public_id)}) if slot.asks_for_json(request) else redirect(back)

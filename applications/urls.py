"""The addresses of filing, approval and notices."""

from django.urls import path

from applications.staff_urls import staff_urls
from applications.views import (
    applicant,
    archive,
    beginning,
    detail,
    evidence,
    phone_signing,
    precheck,
    records,
    round_page,
    self_check,
    signing,
    submission,
)

app_name = "applications"
urlpatterns = [
    path("self-check/", self_check.self_check, name="self_check"),
    path("rounds/", applicant.round_list, name="round_list"),
    path("rounds/<uuid:public_id>/", round_page.round_detail, name="round_detail"),
    path("rounds/papers/<uuid:public_id>/", round_page.round_paper_file, name="round_paper_file"),
    path("rounds/<uuid:public_id>/apply/", beginning.application_start, name="application_start"),
    path("archive/", archive.archive, name="archive"),
    path("archive/sections/<slug:key>/", records.section_detail, name="archive_section_detail"),
    path("archive/sections/<slug:key>/<slug:kind>/add/", records.item_add, name="archive_item_add"),
    path("archive/items/<uuid:item>/", records.item_change, name="archive_item_change"),
    path("archive/items/<uuid:item>/remove/", records.item_remove, name="archive_item_remove"),
    path("archive/items/<uuid:item>/evidence/add/", evidence.evidence_add, name="archive_evidence_add"),
    path("archive/evidence/<uuid:evidence>/change/", evidence.evidence_change, name="archive_evidence_change"),
    path("archive/evidence/<uuid:evidence>/remove/", evidence.evidence_remove, name="archive_evidence_remove"),
    path("applications/", applicant.application_list, name="application_list"),
    path("applications/<uuid:public_id>/", detail.application_detail, name="application_detail"),
    path("applications/<uuid:public_id>/change/", beginning.application_change, name="application_change"),
    path("applications/<uuid:public_id>/withdraw/", applicant.application_withdraw, name="application_withdraw"),
    path("applications/<uuid:public_id>/precheck/", precheck.precheck, name="precheck"),
    path("applications/<uuid:public_id>/check/", submission.application_check, name="application_check"),
    path("applications/<uuid:public_id>/submit/", submission.application_submit, name="application_submit"),
    path("applications/<uuid:public_id>/sign/", signing.application_sign, name="application_sign"),
    path("applications/<uuid:public_id>/sign/phone/", signing.sign_invite, name="sign_invite"),
    path("applications/<uuid:public_id>/sign/state/", signing.sign_state, name="sign_state"),
    path("sign/<str:token>/", phone_signing.phone_sign, name="phone_sign"),
    path("applications/<uuid:public_id>/sections/<slug:key>/", records.section_detail, name="section_detail"),
    path("applications/<uuid:public_id>/sections/<slug:key>/nothing/", records.section_nothing, name="section_nothing"),
    path("applications/<uuid:public_id>/sections/<slug:key>/<slug:kind>/add/", records.item_add, name="item_add"),
    path("applications/<uuid:public_id>/items/<uuid:item>/", records.item_change, name="item_change"),
    path("applications/<uuid:public_id>/items/<uuid:item>/remove/", records.item_remove, name="item_remove"),
    path("applications/<uuid:public_id>/items/<uuid:item>/choose/", records.item_choose, name="item_choose"),
    path("applications/<uuid:public_id>/items/<uuid:item>/evidence/add/", evidence.evidence_add, name="evidence_add"),
    path(
        "applications/<uuid:public_id>/evidence/<uuid:evidence>/change/",
        evidence.evidence_change,
        name="evidence_change",
    ),
    path(
        "applications/<uuid:public_id>/evidence/<uuid:evidence>/remove/",
        evidence.evidence_remove,
        name="evidence_remove",
    ),
    path("evidence/<uuid:public_id>/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<uuid:public_id>/preview/", evidence.evidence_preview, name="evidence_preview"),
    path("evidence/<uuid:public_id>/pages/<int:number>/", evidence.evidence_page, name="evidence_page"),
    *staff_urls,
]

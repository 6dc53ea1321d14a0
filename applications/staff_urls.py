"""The addresses of those who check, post, decide and manage, and of the public notices."""

from django.urls import path

from applications.views import (
    cancellation,
    consent,
    decisions,
    dossier,
    employer,
    identity,
    notices,
    objections,
    office,
    public,
    rounds,
    supervisor,
)

staff_urls = [
    path("employer/", employer.employer_list, name="employer_list"),
    path("employer/notices/add/", notices.employer_notice_add, name="employer_notice_add"),
    path("supervising/", supervisor.supervisor_list, name="supervisor_list"),
    path("office/", office.office_list, name="office_list"),
    path("office/rounds/", rounds.round_manage_list, name="round_manage_list"),
    path("office/rounds/add/", rounds.round_add, name="round_add"),
    path("office/rounds/<uuid:public_id>/dates/", rounds.round_change, name="round_change"),
    path("office/rounds/<uuid:public_id>/close/", rounds.round_close, name="round_close"),
    path("watch/", office.watch_list, name="watch_list"),
    path("applications/<uuid:public_id>/dossier/", dossier.dossier_detail, name="dossier_detail"),
    path("applications/<uuid:public_id>/identity/", identity.identity_reveal, name="identity_reveal"),
    path("applications/<uuid:public_id>/verify/", employer.step_verify, name="step_verify"),
    path("applications/<uuid:public_id>/items/<uuid:item>/verify/", employer.item_verify, name="item_verify"),
    path("applications/<uuid:public_id>/clauses/attest/", employer.clause_attest, name="clause_attest"),
    path("applications/<uuid:public_id>/assess/", employer.application_assess, name="application_assess"),
    path("applications/<uuid:public_id>/decide/", decisions.step_decide, name="step_decide"),
    path("applications/<uuid:public_id>/consent/", consent.consent_decide, name="consent_decide"),
    path("applications/<uuid:public_id>/cancel/", cancellation.application_cancel, name="application_cancel"),
    path("notices/", public.notice_list, name="notice_list"),
    path("notices/manage/", notices.notice_manage_list, name="notice_manage_list"),
    path("notices/photographs/<uuid:public_id>/", notices.photograph_file, name="photograph_file"),
    path("notices/<uuid:public_id>/", public.notice_detail, name="notice_detail"),
    path("notices/<uuid:public_id>/manage/", notices.notice_manage, name="notice_manage"),
    path("notices/<uuid:public_id>/photographs/add/", notices.photograph_add, name="photograph_add"),
    path("notices/<uuid:public_id>/close/", notices.notice_close, name="notice_close"),
    path("notices/<uuid:public_id>/withdraw/", notices.notice_withdraw, name="notice_withdraw"),
    path("notices/<uuid:public_id>/objections/<uuid:entry>/add/", objections.objection_add, name="objection_add"),
    path("objections/<uuid:public_id>/settle/", objections.objection_settle, name="objection_settle"),
]

"""The addresses of this room. `/v/<token>/` is printed in QR codes: it never changes."""

from django.urls import path

from certificates.views import employer, holder, office, public, register, standing

app_name = "certificates"
urlpatterns = [
    path("v/<slug:token>/", public.verify_token, name="verify_token"),
    path("verify/", public.verify, name="verify"),
    path("verify/file/", public.verify_file, name="verify_file"),
    path("certificates/", holder.certificate_list, name="certificate_list"),
    path("certificates/register/", register.register_list, name="register_list"),
    path("certificates/<uuid:public_id>/", holder.certificate_detail, name="certificate_detail"),
    path("certificates/<uuid:public_id>/revoke/", standing.certificate_revoke, name="certificate_revoke"),
    path("certificates/<uuid:public_id>/reissue/", standing.certificate_reissue, name="certificate_reissue"),
    path("documents/<uuid:public_id>/", holder.document_download, name="document_download"),
    path("documents/<uuid:public_id>/retry/", office.document_retry, name="document_retry"),
    path("archiving/", employer.archiving_list, name="archiving_list"),
    path("archiving/<uuid:public_id>/", employer.archiving_record, name="archiving_record"),
    path("releases/", office.release_list, name="release_list"),
    path("releases/<uuid:public_id>/", office.release_detail, name="release_detail"),
    path("releases/<uuid:public_id>/release/", office.release_perform, name="release_perform"),
]

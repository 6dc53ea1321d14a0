"""The addresses of filing, approval and notices."""

from django.urls import path

from applications.views import common

app_name = "applications"
urlpatterns = [
    path("applications/<uuid:public_id>/", common.application_detail, name="application_detail"),
]

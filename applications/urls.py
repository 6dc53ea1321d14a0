"""The addresses of filing, approval and notices."""

from django.urls import path

from applications.views import detail

app_name = "applications"
urlpatterns = [
    path("applications/<uuid:public_id>/", detail.application_detail, name="application_detail"),
]

"""The addresses of the demonstration; they exist only with DEMO."""

from django.urls import path

from portal.views import demo

urlpatterns = [
    path("jump/", demo.jump, name="demo_jump"),
    path("act/", demo.act, name="demo_act"),
    path("persona/", demo.become, name="demo_persona"),
    path("components/", demo.components, name="demo_components"),
]

"""The addresses of the portal as they are under DEMO.

Imported before a test turns DEMO on: `portal.urls` would take the demonstration's routes in, and keep them.
"""

from django.urls import include, path

from portal import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [*urls.urlpatterns, path("demo/", include("portal.demo_urls"))]

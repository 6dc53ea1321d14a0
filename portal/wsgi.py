"""The WSGI entry point: gunicorn portal.wsgi."""

import os

from django.core.files.storage import storages
from django.core.wsgi import get_wsgi_application

from portal.call_stack import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = roomy(get_wsgi_application())
# Loaded before the server forks, for an object storage's client is large; it connects when it is first asked.
storages["private"]

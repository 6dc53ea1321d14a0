"""Celery: wakes workers. What is to be done stands in job rows, not in the queue."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The embedded broker's address begins with sqla+; kombu loads what stands here when it first opens such an address.
TRANSPORT_ALIASES["sqla"] = "portal.sqlite_broker:Transport"

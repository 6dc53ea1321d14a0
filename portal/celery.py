"""Celery: wakes workers. What is to be done stands in job rows, not in the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

if str(app.conf.broker_url).startswith("sqla+"):
    from portal import sqlite_broker

    sqlite_broker.prepare()

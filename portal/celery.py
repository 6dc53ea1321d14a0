"""Celery: wakes workers. What is to be done stands in job rows, not in the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The SQLAlchemy transport takes its polling interval from the class, not from its options.
if str(app.conf.broker_url).startswith("sqla+"):
    from kombu.transport.sqlalchemy import Transport

    Transport.polling_interval = 0.2

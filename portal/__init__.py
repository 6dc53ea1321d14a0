"""The foundation: people, organisations, rights, audit, jobs, files, messages, base pages."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]

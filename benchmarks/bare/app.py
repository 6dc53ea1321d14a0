"""The yardstick: a bare Django list (25 of 5,000 rows, session user, the usual middlewares) and a one-row page.

Run by gunicorn as `benchmarks.bare.app:application` on the database `bare` of the server that PGHOST names, with the
portal's own connection settings; `python -m benchmarks.bare` fills it and prints the session of its user.
"""

import os
from functools import cache

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

ROWS, PAGE = 5000, 25

os.environ.pop("DJANGO_SETTINGS_MODULE", None)
if not settings.configured:
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["127.0.0.1"],
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "bare",
                "USER": os.environ["PGUSER"],
                "HOST": os.environ["PGHOST"],
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}],
        ROOT_URLCONF=__name__,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


class Row(models.Model):
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    state = models.CharField(max_length=20, db_index=True)
    changed = models.DateField()

    class Meta:
        app_label = "bare"


LIST = "<!doctype html><title>bare</title><p>{{ user }} · {{ total }}</p><table>{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.name }}</td><td>{{ row.unit }}</td><td>{{ row.state }}</td><td>{{ row.changed|date:'Y-m-d' }}</td></tr>{% endfor %}</table>"
DETAIL = "<!doctype html><title>bare</title><dl><dt>{{ row.name }}</dt><dd>{{ row.unit }} {{ row.state }} {{ row.changed|date:'Y-m-d' }}</dd></dl>"


@cache
def compiled(source: str):
    """Read once, as Django's loader keeps what it has read."""
    return engines["django"].from_string(source)


def row_list(request: HttpRequest) -> HttpResponse:
    start = (int(request.GET.get("page", "1")) - 1) * PAGE
    rows = Row.objects.order_by("-pk")
    context = {"user": request.user.username, "total": rows.count(), "rows": rows[start : start + PAGE]}
    return HttpResponse(compiled(LIST).render(context, request))


def row_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = Row.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return HttpResponse(compiled(DETAIL).render({"row": row}, request))


urlpatterns = [path("list/", row_list), path("detail/<int:pk>/", row_detail)]


def fill() -> str:
    """Makes the database where it is empty and returns a session key of its one user."""
    from datetime import date

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    call_command("migrate", verbosity=0)
    if Row._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Row)
    if not Row.objects.exists():
        Row.objects.bulk_create(
            [Row(name=f"申报人{n}", unit=f"单位{n % 200}", state="open", changed=date(2025, 3, 1)) for n in range(ROWS)]
        )
    user, _ = User.objects.get_or_create(username="bench")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return session.session_key or ""


application = get_wsgi_application()

"""The detectors find what they are for, however it is written, and nothing else."""

import ast

import pytest

from tests.architecture.detectors import clock_readers, status_writers

CLOCKS = [
    "from django.utils import timezone\nmoment = timezone.now()",
    "from django.utils import timezone as tz\nmoment = tz.now()",
    "from django.utils.timezone import now\nmoment = now()",
    "from django.utils.timezone import now as here\nfield(default=here)",
    "import django.utils.timezone\nday = django.utils.timezone.localdate()",
    "import datetime as dt\nmoment = dt.datetime.now()",
    "import datetime\nday = datetime.date.today()",
    "from datetime import datetime as moment_type\nmoment = moment_type.utcnow()",
    "from datetime import date\nday = date.today()",
    "from django.db.models.functions import Now\nrows.update(at=Now())",
    "from django.db.models import functions\nrows.update(at=functions.Now())",
    "import time\nmoment = time.time()",
    "from time import time\nmoment = time()",
]
NO_CLOCKS = [
    "from portal import clock\nmoment = clock.now()\nday = clock.today()",
    "from datetime import date, datetime, timedelta\nday = date(2025, 3, 3) + timedelta(days=1)",
    "import time\nwaited = time.monotonic()",
    "from datetime import datetime, time\nmoment = datetime.combine(day, time(9))",
    "class Row:\n    now = 1\nRow().now",
]
WRITERS = [
    "application.status = value",
    "application.status: str = value",
    "application.status += value",
    "application.changed_at, application.status = now, value",
    "[*application.status] = values",
    "for application.status in values: pass",
    "setattr(application, 'status', value)",
    "object.__setattr__(application, 'status', value)",
    "rows.update(status=value)",
    "rows.filter(pk=1).update(changed_at=now, **values)",
    "Application.objects.filter(pk=1).update(**columns)",
    "Application.objects.bulk_update(rows, ['changed_at', 'status'])",
    "Application.objects.bulk_update(rows, fields=('status',))",
    "application.save(update_fields=['status'])",
    "Application.objects.create(applicant=person, status=value)",
    "Application.objects.update_or_create(pk=1, defaults={'status': value})",
    "round.applications.get_or_create(applicant=person, status=value)",
    "Application(applicant=person, status=value)",
    "Application(**columns)",
    "cursor.execute('UPDATE applications_application SET status = 1')",
]
NO_WRITERS = [
    "state = application.status",
    "rows.filter(status=value).exclude(status__in=values)",
    "rows.filter(status=value).update(changed_at=now)",
    "render(request, template, context, status=422)",
    "HttpResponse(page, status=500)",
    "facts.update(other)",
    "Round.objects.filter(pk=1).update(**columns)",
    "application.save(update_fields=['snapshot'])",
    "rows.only('pk', 'status')",
    "cursor.execute('SELECT status FROM applications_application')",
]


@pytest.mark.parametrize("source", CLOCKS)
def test_a_reading_of_a_clock_is_found_in_its_line(source):
    assert clock_readers(ast.parse(source))[-1:] == [len(source.splitlines())]


@pytest.mark.parametrize("source", NO_CLOCKS)
def test_what_is_no_clock_is_left_alone(source):
    assert clock_readers(ast.parse(source)) == []


@pytest.mark.parametrize("source", WRITERS)
def test_a_writing_of_the_status_is_found(source):
    assert status_writers(ast.parse(source)) == [1]


@pytest.mark.parametrize("source", NO_WRITERS)
def test_what_writes_no_status_is_left_alone(source):
    assert status_writers(ast.parse(source)) == []


def test_only_the_named_functions_may_write():
    source = ast.parse("def perform():\n    a.status = 1\n\n\ndef other():\n    a.status = 2\n")
    assert status_writers(source, exempt=frozenset({"perform"})) == [6]

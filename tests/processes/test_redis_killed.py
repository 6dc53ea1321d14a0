"""Redis killed under queued jobs, and away: nothing is lost or done twice, and only logging in has to wait."""

import random
import time

import pytest
from celery import Celery
from django.conf import settings as configured
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from kombu import Connection

from applications.status import Status
from certificates.views.public import CHECKS
from portal import audit, jobs
from portal.models import Job, JobState
from portal.shared_cache import RETRY_SECONDS
from review.models import BallotChoice
from tests.applications import walk as filing
from tests.applications.filed import filed
from tests.counts import times
from tests.portal.test_jobs_killed import database, effects, environment, unfinished  # noqa: F401  fixtures among them
from tests.portal.workers import ITEMS, Workers
from tests.portal.workers import wait_for as waited
from tests.processes.own_redis import OwnRedis
from tests.review import walk as meeting
from tests.review.conftest import application, drawn, opened, planned, round_, voting, world  # noqa: F401  fixtures

PASSWORD = "demo-2025-portal"
# The goal is ninety seconds on a quiet machine.
RETURN_SECONDS = 240
AT_ONCE = len(times(200))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_queued_when_redis_died_is_done_once_it_is_back(environment, database, tmp_path):  # noqa: F811
    rounds, moments = times(20), random.Random(3)
    with OwnRedis(tmp_path) as redis, Workers({**environment, "REDIS_URL": redis.url}) as workers:
        workers.run("migrate")
        batches = 0
        for _ in rounds:
            workers.run("enqueue", str(batches), str(batches + AT_ONCE))
            batches += AT_ONCE
            before = effects(database)
            workers.start()
            waited(lambda before=before: effects(database) > before, 60)
            time.sleep(moments.uniform(0, 1))
            redis.kill()
            time.sleep(moments.uniform(0, 2))
            redis.start()
            waited(lambda: not unfinished(database), RETURN_SECONDS)
            workers.kill()
        assert [int(word) for word in workers.run("count").split()] == [batches * ITEMS, batches * ITEMS, batches, 0]


@pytest.fixture
def lost_redis(settings, tmp_path, monkeypatch):
    """Cache and broker on a real Redis that has answered and then died."""
    redis, send = OwnRedis(tmp_path), Celery.send_task

    def send_there(self, *arguments, **options):
        with Connection(redis.url, transport_options=configured.CELERY_BROKER_TRANSPORT_OPTIONS) as broker:
            return send(self, *arguments, connection=broker, **options)

    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 1}
    settings.CACHES = {
        "default": {"BACKEND": "portal.redis_cache.SharedCache", "LOCATION": redis.url},
        "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)},
    }
    monkeypatch.setitem(jobs._broker, "rests_until", 0.0)
    monkeypatch.setattr(Celery, "send_task", send_there)
    with redis:
        caches["default"].set("it", "was there")
        jobs.wake(0)
        assert not jobs._broker["rests_until"]
    return redis


@pytest.fixture
def browser_of(world):  # noqa: F811
    """A browser in which a person has been logged in before."""

    def browser(person) -> Client:
        client = Client()
        client.force_login(world.people[person] if isinstance(person, str) else person)
        return client

    return browser


@pytest.mark.django_db
def test_filing_goes_on_without_redis(world, round_, lost_redis, browser_of, django_capture_on_commit_callbacks):  # noqa: F811
    from applications import demo, dossiers

    draft = demo.fill_in(world, round_)
    lin, seen = browser_of("lin"), dossiers.content(draft).sha256
    filing.sign(draft)
    with django_capture_on_commit_callbacks(execute=True):
        answer = lin.post(reverse("applications:application_submit", args=[draft.public_id]), {"seen_sha256": seen})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.IN_APPROVAL
    assert jobs._broker["rests_until"] > 0  # the wake-ups were tried, and left to the sweeper
    assert Job.objects.filter(state=JobState.QUEUED).exists()
    assert lin.get(reverse("portal:home")).status_code == 200


@pytest.mark.django_db
def test_approval_goes_on_without_redis(world, round_, lost_redis, browser_of, django_capture_on_commit_callbacks):  # noqa: F811
    waiting = filed(world, round_, "lin", at="supervisor")
    zhao = browser_of("zhao")
    assert zhao.get(reverse("applications:supervisor_list")).status_code == 200
    page = f"{reverse('applications:step_decide', args=[waiting.public_id])}?decision=pass"
    assert zhao.get(page).status_code == 200
    seen = {"seen_sha256": waiting.snapshot.sha256, "commitment_sha256": filing.COMMITMENT, "agreed": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert zhao.post(page, {**dict.fromkeys(filing.CHECKS, "on"), **seen}).status_code == 302


@pytest.mark.django_db
def test_voting_goes_on_without_redis(voting, lost_redis, browser_of):  # noqa: F811
    entry, seat = meeting.entries(voting)[0], voting.seats.taken().select_related("expert__user").first()
    page = reverse("review:ballot_cast", args=[entry.public_id])
    assert browser_of(seat.expert.user).post(page, {"choice": "consent"}).status_code == 302
    assert BallotChoice.objects.count() == 1


@pytest.mark.django_db
def test_checks_go_on_without_redis_and_are_counted_by_each_process(lost_redis):
    page = reverse("certificates:verify_token", args=["nobody-holds-this-token"])
    assert [Client().get(page).status_code for _ in range(CHECKS.times)] == [404] * CHECKS.times
    assert Client().get(page).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(reverse("certificates:verify"), {"number": "x", "name": "y"}).status_code == 404
    assert elsewhere.get(reverse("applications:notice_list")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_nobody_logs_in_while_nobody_counts(world, lost_redis, password):  # noqa: F811
    client = Client()
    assert client.get(reverse("account_login")).status_code == 200
    answer = client.post(reverse("account_login"), {"login": "lin", "password": password})
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_SECONDS))
    page = answer.content.decode()
    assert "暂时不能登录" in page
    assert "已经登录的人不受影响" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("account_reset_password", {"email": "lin@portal.example"}),
        (
            "account_signup",
            {
                "username": "new", "name": "新申报", "email": "new@portal.example", "phone": "",
                "password1": "a-long-enough-phrase", "password2": "a-long-enough-phrase",
            },
        ),
    ],
)  # fmt: skip
def test_the_siblings_of_log_in_close_likewise(lost_redis, name, typed):
    assert Client().post(reverse(name), typed).status_code == 503


@pytest.mark.django_db
def test_health_tells_of_it_and_stays_up(lost_redis):
    answer = Client().get(reverse("portal:health"))
    assert (answer.status_code, answer.json()["status"], answer.json()["cache"]) == (200, "ok", "failed")


@pytest.mark.django_db
def test_log_in_opens_again_when_redis_is_back(world, lost_redis):  # noqa: F811
    login = reverse("account_login")
    assert Client().post(login, {"login": "lin", "password": PASSWORD}).status_code == 503
    with lost_redis:
        assert Client().post(login, {"login": "lin", "password": PASSWORD}).status_code == 302
    assert audit.verify() == []

"""`make bench-pages`: our pages against a bare Django list and one-row page, on the same gunicorn, in interleaved rounds.

The installation holds one played round; the 5,000 applications that the goals speak of are not made here yet.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.report import ROOT, Ratio, publish
from benchmarks.servers import Page, gunicorn, interleave

PREPARE = """
import json
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from certificates.round_play import Play
from portal import clock, demo
from portal.demo import World
from review.demo import load
with clock.frozen(clock.DEMO_START):
    world = World()
    demo.load(world)
    load(world)
    play = Play(world)
    list(play.whole())
sun = world.people["sun"]
session = SessionStore()
session[SESSION_KEY] = str(sun.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = sun.get_session_auth_hash()
session.save()
print(json.dumps({"token": play.certificate.token, "application": str(play.application.public_id), "session": session.session_key}))
"""


def prepared(place: Path) -> dict[str, str]:
    """An installation with a played round; the public ids that the pages are asked for."""
    import json

    (place / "fonts").symlink_to(ROOT / "var" / "fonts")
    env = {**os.environ, "VAR_DIR": str(place), "DJANGO_SETTINGS_MODULE": "portal.settings", "DEMO": "1"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    said = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return json.loads(said.stdout.splitlines()[-1])


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        bare = str(place / "bare.sqlite3")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.bare"],
            cwd=ROOT,
            env={**os.environ, "BARE_DATABASE": bare},
            check=True,
            capture_output=True,
        )
        ids = prepared(place)
        cookie = f"sessionid={ids['session']}"
        with (
            gunicorn("benchmarks.bare.app:application", BARE_DATABASE=bare) as yardstick,
            gunicorn("portal.wsgi", VAR_DIR=folder) as ours,
        ):
            pages = {
                "bare list": Page("bare list", yardstick, "/list/", f"sessionid={Path(bare + '.session').read_text()}"),
                "bare page": Page("bare page", yardstick, "/detail/7/"),
                "verification": Page("verification", ours, f"/v/{ids['token']}/"),
                "notices": Page("notices", ours, "/notices/"),
                "office list": Page("office list", ours, "/office/?scope=all", cookie),
                "application": Page("application", ours, f"/applications/{ids['application']}/", cookie),
            }
            interleave(list(pages.values()))
    bare_list, bare_page = pages["bare list"].rate, pages["bare page"].rate
    publish(
        "pages",
        [
            Ratio("verification ÷ bare page", pages["verification"].rate / bare_page, must=0.40, stretch=0.60),
            Ratio("public notices ÷ bare list", pages["notices"].rate / bare_list, must=0.40, stretch=1.0),
            Ratio("office list (1 row) ÷ bare list", pages["office list"].rate / bare_list, must=0.25, stretch=0.40),
            Ratio("application ÷ bare list", pages["application"].rate / bare_list, must=0.20, stretch=0.35),
        ],
    )


if __name__ == "__main__":
    main()

"""A round of each province in one installation, and somebody who files in it; run beside its processes.

`python -m tests.browser.provinces DOSSIER [REGISTERED]` sets business time to the round's first day and prints the round's name.
"""

import json
import os
import sys
from collections.abc import Callable
from io import BytesIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from applications import asked_documents, services  # noqa: E402  after setup
from applications import demo as filing  # noqa: E402  after setup
from applications.models import Round  # noqa: E402  after setup
from portal import clock, demo  # noqa: E402  after setup
from portal.demo import World  # noqa: E402  after setup
from portal.models import DemoClock, Ownership, User  # noqa: E402  after setup
from tests.applications import provincial  # noqa: E402  after setup
from tests.browser.dossier import Dossier, dossier, paper  # noqa: E402  after setup


def jiangxi(world: World) -> Round:
    return _provincial(world, provincial.JIANGXI)


def zhejiang(world: World) -> Round:
    return _provincial(world, provincial.ZHEJIANG)


def tianjin(world: World) -> Round:
    _turn_to(clock.DEMO_START)
    return filing.demo_round(world)


ROUNDS: dict[str, Callable[[World], Round]] = {"jiangxi": jiangxi, "zhejiang": zhejiang, "tianjin": tianjin}


def prepare(key: str, *, registered: bool) -> dict[str, str]:
    """The round is open, the person has an account, and in the archive lies what is `ready`."""
    world = World()
    demo.load(world)
    round_ = ROUNDS[key.partition("-")[0]](world)
    about = dossier(key)
    person = demo.person(about.login, about.name, number=about.number if registered else "")
    lay_in(about, person)
    return {"round": round_.name}


def lay_in(about: Dossier, person: User) -> None:
    for entry in about.entries:
        if entry.ready:
            item = services.add_item(owner=person, kind=entry.kind, **entry.told())
            known = asked_documents.names_anywhere(entry.kind, item.facts, item.details)
            for document in entry.files:
                name, content = paper(entry, document)
                services.attach_evidence(
                    application=None,
                    item=item,
                    upload=BytesIO(content),
                    name=name,
                    by=person,
                    document=document if document in known else None,
                )


def _provincial(world: World, of: provincial.Province) -> Round:
    _turn_to(of.moment)
    there = Round.objects.filter(policy_id=of.policy).first()
    if there is not None:
        return there
    provincial.employer(of)
    provincial.unit(of, of.institution, Ownership.PUBLIC)
    return provincial.open_round(world, provincial.committee(world, of), of)


def _turn_to(moment) -> None:
    """Each province has its year; what one walk leaves behind, no other looks at."""
    DemoClock.objects.update_or_create(pk=1, defaults={"business": moment, "machine": clock.machine_now()})


if __name__ == "__main__":
    print(json.dumps(prepare(sys.argv[1], registered="registered" in sys.argv[2:])))  # noqa: T201  the answer

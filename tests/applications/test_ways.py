"""The way to yes as pages show it: nothing that asks for more than another way does."""

import json
import re
from datetime import date
from typing import Any

from django.test import Client

from applications.ways import RouteWays, ways_to_yes
from rules import catalog
from rules.dossier import decode
from tests.applications.pages import address, words
from tests.applications.self_check.visitor import SelfCheck
from tests.rules.people import AS_OF, POLICY, qualified


def ways(**changes: Any) -> list[RouteWays]:
    day = date.fromisoformat(AS_OF)
    return ways_to_yes(catalog.get(POLICY), "associate_senior", decode(qualified(**changes)), as_of=day)


def test_whoever_waits_for_confirmations_alone_is_not_told_to_win_an_award_besides():
    shown = ways(attestations={})

    assert [route.route for route in shown] == ["正常申报"]
    assert [len(way.additions) for way in shown[0].ways] == [1]


def test_an_exception_stays_where_it_is_another_way():
    assert [route.route for route in ways(education=[])] == ["正常申报", "破格申报"]


def test_no_way_shown_asks_for_all_of_another_and_for_more():
    shown = [{one.text for one in way.additions} for route in ways(titles=None) for way in route.ways]

    assert len(shown) > 1
    assert [way for way in shown if any(other < way for other in shown)] == []


def test_several_ways_are_said_to_be_alternatives():
    dossier = qualified(achievements=qualified()["achievements"][:1])
    state = json.dumps({"policy": POLICY, "level": "associate_senior", "as_of": AS_OF, "dossier": dossier})
    page = Client().post(address("self_check"), {"state": state, "step": "result", "go": "result"})

    assert len(ways(achievements=dossier["achievements"])[0].ways) > 1
    assert re.search(r"下面 \d+ 种办法，做到其中一种即可：", words(page))


def test_whoever_has_said_nothing_is_told_to_fill_in_first():
    assert "还没有填写或确认的内容超过三项。请先补填" in words(SelfCheck().send(go="result"))

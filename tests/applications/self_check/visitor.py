"""Going through the public self-check as a browser does: what a page carries is sent back with the answers."""

import html
import json
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.applications.pages import address, words

POLICY = "tianjin-lithium-2022/associate_senior"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class SelfCheck:
    """A visitor's browser. `said` is the dossier as the page carries it."""

    def __init__(self, choice: str = POLICY, **days: str) -> None:
        self.client = Client()
        self.page: HttpResponse = self.client.get(address("self_check"))
        self.send(choice=choice, **days)

    def send(self, go: str = "next", **answers: str) -> HttpResponse:
        """Presses a button of the page: `go`, or `more` or `drop` among the answers."""
        pressed = {} if {"more", "drop"} & set(answers) else {"go": go}
        self.page = self.client.post(address("self_check"), {**self.carried, **answers, **pressed})
        return self.page

    def at(self, step: str, **answers: str) -> HttpResponse:
        """Goes to a step and answers it."""
        self.send(go=step)
        return self.send(**answers)

    @property
    def carried(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.page.content.decode())}

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.carried["state"]).get("dossier", {})

    @property
    def step(self) -> str:
        return self.carried["step"]

    @property
    def text(self) -> str:
        return words(self.page)


def qualified() -> SelfCheck:
    """Somebody who meets 高级工程师 of 27号 by the ordinary route, as answered step by step."""
    check = SelfCheck()
    check.send(**{"person-status": "employed", "person-employer__kind": "private_enterprise", "sanction-none": "on"})
    check.send(**{"education-0-level": "master", "education-0-awarded": "2014-06-30"})
    check.send(
        **{
            "title-0-level": "intermediate",
            "title-0-series": "engineering",
            "title-0-specialty": "lithium_battery",
            "title-0-obtained": "2017-12-01",
            "title-0-appointed": "2018-01-01",
            "title-0-source": "review",
            "skill-none": "on",
        }
    )
    check.send(**{"post-0-from": "2014-07-01", "post-0-scope": "specialty"})
    check.send(
        **{
            "commitment-continuing_education__committed": "yes",
            "assessment-0-year": "2024",
            "assessment-0-result": "competent",
        }
    )
    check.send(more="achievement", **{"achievement-new": "award"})
    check.send(
        more="achievement",
        **{
            **_first_award(),
            "achievement-new": "patent",
        },
    )
    check.send(
        **{
            **_first_award(),
            "achievement-1-date": "2022-05-01",
            "achievement-1-patent_type": "invention",
            "achievement-1-granted": "yes",
            "achievement-1-rank": "1",
            "achievement-1-benefit": "good",
        }
    )
    check.send(**{"honour-none": "on", "endorsement-none": "on"})
    check.send()
    return check


def _first_award() -> dict[str, str]:
    return {
        "achievement-0-date": "2021-05-01",
        "achievement-0-level": "provincial",
        "achievement-0-award_type": "science_technology",
        "achievement-0-grade": "second",
        "achievement-0-rank": "3",
        "achievement-0-personal_certificate": "yes",
    }


def agree_to_all(check: SelfCheck) -> HttpResponse:
    """Says of every judged clause that it is met, on the last step."""
    names = re.findall(r'name="(statements-clause-\d+)"', check.page.content.decode())
    return check.send(**dict.fromkeys(names, "yes"))

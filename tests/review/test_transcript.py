"""A published draw is repeated by two independent programs; an altered one is refused by both."""

import copy
import json
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from review import drawing, transcript
from review.drawing import LEFT_POOL, DrawInput
from scripts import verify_draw_standalone as standalone
from tests.architecture.sources import ROOT
from tests.counts import times
from tests.review.pools import candidate, drawn_round, play, told_of

COUNT = len(times(1_000))


def refused_by_both(altered: dict) -> bool:
    with pytest.raises(transcript.TranscriptError):
        transcript.verify(altered)
    with pytest.raises((standalone.Wrong, ValueError, KeyError, TypeError, AttributeError)):
        standalone.check(altered)
    return True


def flipped(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]


def add_an_expert(told: dict, chance: random.Random) -> None:
    entry = chance.choice(told["rounds"])
    data = json.loads(entry["input"])
    data["candidates"] = sorted(
        [*data["candidates"], {**data["candidates"][0], "id": f"{chance.random():.6f}"}], key=lambda p: p["id"]
    )
    entry["input"] = standalone.canonical(data)


def flip_a_stratum(told: dict, chance: random.Random) -> None:
    entry = chance.choice(told["rounds"])
    data = json.loads(entry["input"])
    person = chance.choice(data["candidates"])
    fact = chance.choice(["senior", "enterprise", "private_or_social", "skilled"])
    person[fact] = not person[fact]
    entry["input"] = standalone.canonical(data)
    entry["input_sha256"] = drawing.text_sha256(entry["input"])


def flip_a_seed_digit(told: dict, chance: random.Random) -> None:
    entry = chance.choice(told["rounds"])
    entry["seed"] = flipped(entry["seed"], chance)


def change_the_public_value(told: dict, chance: random.Random) -> None:
    chance.choice(told["rounds"])["public_value"] += " "


def exchange_the_secret(told: dict, chance: random.Random) -> None:
    told["secret"] = flipped(told["secret"], chance)


def change_the_order(told: dict, chance: random.Random) -> None:
    entry = chance.choice(told["rounds"])
    data = json.loads(entry["input"])
    data["candidates"].reverse()
    entry["input"] = standalone.canonical(data)
    entry["input_sha256"] = drawing.text_sha256(entry["input"])


def hide_a_round(told: dict, chance: random.Random) -> None:
    place = chance.randrange(len(told["rounds"]))
    del told["rounds"][place]


def seat_another(told: dict, chance: random.Random) -> None:
    place = chance.randrange(len(told["panel"]))
    told["panel"][place] = "stranger"


def hide_the_last_redraw(told: dict, _chance: random.Random) -> None:
    del told["rounds"][-1]
    told["rounds"][-1]["declined"] = {}


ALTERATIONS = [
    add_an_expert,
    flip_a_stratum,
    flip_a_seed_digit,
    change_the_public_value,
    exchange_the_secret,
    change_the_order,
    hide_a_round,
    seat_another,
    hide_the_last_redraw,
]


@pytest.mark.slow
def test_honest_transcripts_are_repeated_and_altered_ones_refused():
    accepted = refused = 0
    for number in range(COUNT):
        chance = random.Random(number)
        told = play(chance, declines=1 + number % 2, supplement=number % 3 == 0)
        accepted += transcript.verify(told) == standalone.check(told) == told["panel"]
        altered = copy.deepcopy(told)
        ALTERATIONS[number % len(ALTERATIONS)](altered, chance)
        refused += refused_by_both(altered)
    assert (accepted, refused) == (COUNT, COUNT)


def replacement_by_another_value(given: DrawInput, _told: dict) -> tuple[DrawInput, str]:
    return given, "a value that suits"


def supplement_by_a_used_value(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    return given.supplemented([candidate("new")]), told["rounds"][0]["public_value"]


def with_unnamed_newcomer(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    return replace(given, candidates=(*given.candidates, candidate("new"))), told["rounds"][-1]["public_value"]


def with_a_candidate_sent_away(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    away = next(person for person in given.candidates if person.id not in given.kept)
    rest = tuple(person for person in given.candidates if person != away)
    out = (*given.excluded, (away.id, "relative"))
    return replace(given, candidates=rest, excluded=out), told["rounds"][-1]["public_value"]


def with_who_declined_back(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    (gone,) = told["rounds"][-2]["declined"]
    out = tuple(pair for pair in given.excluded if pair[0] != gone)
    back = candidate(gone)
    return replace(given, candidates=(*given.candidates, back), excluded=out, joined=(gone,)), "a new value"


def with_a_member_thrown_out(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    return replace(given, kept=given.kept[1:]), told["rounds"][-1]["public_value"]


def with_a_member_said_to_have_left(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    out = given.kept[0]
    rest = tuple(person for person in given.candidates if person.id != out)
    changed = replace(given, kept=given.kept[1:], candidates=rest, excluded=(*given.excluded, (out, LEFT_POOL)))
    return changed, told["rounds"][-1]["public_value"]


def with_other_facts(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    free = next(person for person in given.candidates if person.id not in given.kept)
    rest = tuple(replace(p, skilled=not p.skilled) if p == free else p for p in given.candidates)
    return replace(given, candidates=rest), told["rounds"][-1]["public_value"]


def with_other_rules(given: DrawInput, told: dict) -> tuple[DrawInput, str]:
    return replace(given, rules=replace(given.rules, skilled_least=0)), told["rounds"][-1]["public_value"]


FORGERIES = [
    replacement_by_another_value,
    supplement_by_a_used_value,
    with_unnamed_newcomer,
    with_a_candidate_sent_away,
    with_who_declined_back,
    with_a_member_thrown_out,
    with_a_member_said_to_have_left,
    with_other_facts,
    with_other_rules,
]


@pytest.mark.parametrize("forge", FORGERIES, ids=[forge.__name__ for forge in FORGERIES])
def test_a_round_forged_with_its_seed_and_panel_is_refused(forge):
    """Whoever holds the secret can draw anything; but the round must follow from the one before."""
    told = play(random.Random(4), declines=2)
    secret, honest = bytes.fromhex(told["secret"]), told["rounds"]
    given, value = forge(DrawInput.from_text(honest[-1]["input"]), told)
    forged = told_of(secret, [*honest[:-1], drawn_round(secret, given, value)])
    assert transcript.verify(told) == standalone.check(told) == told["panel"]
    assert refused_by_both(forged)


def test_a_supplement_is_repeated_and_names_who_joined():
    told = play(random.Random(6), supplement=True)
    assert json.loads(told["rounds"][-1]["input"])["joined"] == ["new0", "new1"]
    assert transcript.verify(told) == standalone.check(told) == told["panel"]
    unnamed = copy.deepcopy(told)
    data = json.loads(unnamed["rounds"][-1]["input"])
    data["joined"] = data["joined"][:1]
    unnamed["rounds"][-1]["input"] = standalone.canonical(data)
    unnamed["rounds"][-1]["input_sha256"] = drawing.text_sha256(unnamed["rounds"][-1]["input"])
    assert refused_by_both(unnamed)


def test_places_that_wait_for_a_supplement_are_said():
    """The last decline may have no round after it, or one that is filed and not drawn: then the panel is not whole."""
    told = play(random.Random(6), supplement=True)
    secret = bytes.fromhex(told["secret"])
    first, last = told["rounds"]
    filed = {**last, "seed": "", "panel": [], "public_value": ""}
    for rounds in ([first], [first, filed]):
        open_ = {**told_of(secret, rounds), "panel": sorted(set(first["panel"]) - set(first["declined"]))}
        assert transcript.verify(open_) == standalone.check(open_) == open_["panel"]
        assert transcript.places_open(open_) == 1
        assert refused_by_both({**open_, "panel": first["panel"]})
    assert transcript.places_open(told) == 0


def test_a_wholly_forged_draw_differs_from_what_was_filed():
    honest, forged = play(random.Random(1)), play(random.Random(2))
    assert transcript.verify(forged) == forged["panel"]
    assert standalone.check(honest, honest["filed"]) == honest["panel"]
    with pytest.raises(standalone.Wrong, match="filed"):
        standalone.check(forged, honest["filed"])
    refused_by_both({**forged, "filed": honest["filed"]})


def test_nothing_can_be_checked_before_the_secret_is_open():
    told = play(random.Random(1))
    closed = transcript.assemble(
        meeting=told["meeting"],
        commitment=told["commitment"],
        filed=told["filed"],
        rounds=told["rounds"],
        panel=told["panel"],
        secret=None,
    )
    assert (closed["secret"], {entry["seed"] for entry in closed["rounds"]}) == ("", {""})
    assert refused_by_both(closed)


@pytest.mark.parametrize("wrong", [{}, {"secret": "zz"}, {"secret": "00", "commitment": "", "rounds": []}])
def test_what_is_no_transcript_is_refused(wrong):
    assert refused_by_both(wrong)


def test_the_standalone_verifier_runs_on_the_standard_library_alone(tmp_path):
    told = play(random.Random(5))
    path = tmp_path / "transcript.json"
    for content, status in ((told, 0), ({**told, "panel": []}, 1)):
        path.write_text(json.dumps(content), encoding="utf8")
        done = subprocess.run(
            [sys.executable, "-I", "-S", ROOT / "scripts/verify_draw_standalone.py", path],
            capture_output=True,
            check=False,
        )
        assert done.returncode == status, done.stdout
    source = (ROOT / "scripts/verify_draw_standalone.py").read_text(encoding="utf8")
    assert len(source.splitlines()) <= 200

"""check_eligibility --batch as others run it: without a database, line by line, whatever a line says."""

import copy
import json
import os
import random
import selectors
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rules.batch import answer_line
from tests.counts import times
from tests.rules import random_people
from tests.rules.people import AS_OF, LEVEL, POLICY, qualified

ROOT = Path(__file__).parents[2]
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
NO_DATABASE = {**BUFFERED, "DATABASE_URL": "postgres://nobody:wrong@127.0.0.1:1/nowhere"}


def line(**changes: Any) -> bytes:
    case = {"id": "good", "policy": POLICY, "level": LEVEL, "as_of": AS_OF, "dossier": qualified(), **changes}
    return json.dumps(case, ensure_ascii=False).encode()


def batch() -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "check_eligibility", "--batch", "-"]
    return subprocess.Popen(command, cwd=ROOT, env=NO_DATABASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


UNREADABLE: dict[str, bytes] = {
    "not JSON": b"{'id': 1}",
    "cut short": line()[:-2],
    "two values": line() + b" " + line(),
    "not UTF-8": line().replace("一(一)".encode(), "高级".encode("gb18030")),
    "UTF-16": line().decode().encode("utf-16-le").replace(b"\n", b""),
    "half a surrogate pair": line().replace(b'"good"', b'"\\ud800"'),
    "NaN": line(dossier=qualified(self_score=float("nan"))),
    "infinity": line(dossier=qualified(self_score=float("inf"))),
    "a number out of all bounds": b'{"id": ' + b"9" * 5000 + b"}",
    "deep lists": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    "a huge line": b'{"id": "' + b"x" * 5_000_000,
    "an id given twice": line()[:-1] + b', "id": "other"}',
    "a list": b"[]",
    "null": b"null",
    "a byte of nothing": b"\x00",
}
REFUSED: dict[str, tuple[bytes, str]] = {
    "no policy": (line(policy="nowhere"), "policy: 'nowhere' is not one of "),
    "no level": (line(level="boss"), "level: 'boss' is not one of "),
    "a level the policy has not": (line(policy="zhejiang-battery-2020", level="technician"), "level: 'technician' is not one of "),
    "no date": (line(as_of="2024-02-30"), "as_of: "),
    "a date and a time": (line(as_of="2024-06-30T00:00:00"), "as_of: "),
    "no dossier": (line(dossier=None), "dossier: "),
    "a dossier of the wrong type": (line(dossier=[]), "dossier: "),
    "an unknown key": (line(dossier=qualified(extra=1)), "dossier.extra: unknown key"),
    "an unknown key of the case": (line(extra=1), "extra: unknown key"),
    "an unknown key without a name": (line(dossier=qualified(**{"": 1})), '"": unknown key'),
    "a wrong value": (line(dossier=qualified(status="rich")), "status: 'rich' is not one of "),
    "a wrong type": (line(dossier=qualified(achievements=[{"rank": "1"}])), "achievements[0].rank: "),
    "a bound": (line(dossier=qualified(achievements=[{"rank": 0}])), "achievements[0].rank: "),
    "a key given twice": (line()[:-1] + b', "level": "technician"}', "level: key given twice"),
    "a key of the dossier given twice": (
        line().replace(b'"dossier": {', b'"dossier": {"status": "retired", '),
        "status: key given twice",
    ),
    "a key given twice, far down": (
        line()[:-1] + b', "expect": ' + b'{"a": ' * 900 + b'{"b": 1, "b": 2}' + b"}" * 901,
        "expect.a.a.a.",
    ),
    "a number that only looks like one": (
        line(dossier=qualified(self_score=80)).replace(b'"self_score": 80', b'"self_score": 1e400'),
        "self_score: a number out of all bounds",
    ),
    "no clause number": (line(dossier=qualified(attestations={"first": True})), "attestations.first: "),
}  # fmt: skip


def test_every_line_is_answered_in_order_and_needs_no_database() -> None:
    lines = [line(id=0)]
    for number, bad in enumerate([*UNREADABLE.values(), *(bad for bad, _ in REFUSED.values())], start=1):
        lines += [bad, line(id=number)]
    with batch() as process:
        out, _ = process.communicate(b"\n".join(lines))
    answers = [json.loads(answer) for answer in out.splitlines()]
    assert process.returncode == 1
    assert len(answers) == len(lines)
    assert [(answer["id"], answer["verdict"]) for answer in answers[::2]] == [
        (n, "met") for n in range(len(answers[::2]))
    ]
    unreadable, refused = answers[1::2][: len(UNREADABLE)], answers[1::2][len(UNREADABLE) :]
    assert [answer.keys() for answer in unreadable] == [{"id", "error"}] * len(UNREADABLE)
    assert {answer["id"] for answer in unreadable} == {None}
    assert {answer["id"] for answer in refused} == {"good"}
    for answer, (_, begins) in zip(refused, REFUSED.values(), strict=True):
        assert answer["error"].removeprefix("dossier.").startswith(begins.removeprefix("dossier."))


def test_an_answer_comes_before_the_next_line_is_there() -> None:
    with batch() as process, selectors.DefaultSelector() as waiting:
        assert process.stdin is not None
        assert process.stdout is not None
        waiting.register(process.stdout, selectors.EVENT_READ)
        for number in range(3):
            process.stdin.write(line(id=number) + b"\n")
            process.stdin.flush()
            assert waiting.select(timeout=120), "no answer while the input stays open"
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_a_blank_line_is_held_back_until_a_further_one_comes() -> None:
    with batch() as process, selectors.DefaultSelector() as waiting:
        assert process.stdin is not None
        assert process.stdout is not None
        waiting.register(process.stdout, selectors.EVENT_READ)
        process.stdin.write(b"\n" + line(id=1) + b"\n\n")
        process.stdin.flush()
        assert waiting.select(timeout=120), "no answer while the input stays open"
        assert [json.loads(process.stdout.readline())["id"] for _ in range(2)] == [None, 1]
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait() == 1


def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier.json"
    dossier.write_text(json.dumps(qualified()), encoding="utf-8")
    asked = ("--policy", POLICY, "--level", LEVEL, "--as-of", AS_OF)
    cases_file = tmp_path / "cases.jsonl"
    cases_file.write_bytes(line() + b"\nnot json\n")
    for arguments in (
        ("check_eligibility", str(dossier), *asked),
        ("check_eligibility", "--batch", str(cases_file)),
        ("rules", "explain", POLICY, LEVEL),
        ("rules", "coverage", POLICY),
        ("simulate_policy", POLICY, POLICY, "--cases", str(cases_file)),
    ):
        assert without_a_reader(*arguments) == (141, b""), arguments


def without_a_reader(*arguments: str) -> tuple[int, bytes]:
    """How a command ends, and what it complains of, that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "manage.py", *arguments]
        ended = subprocess.run(command, cwd=ROOT, env=NO_DATABASE, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    return ended.returncode, ended.stderr


JUNK = (
    None,
    True,
    0,
    -1,
    10**30,
    1e300,
    0.5,
    "",
    "x",
    "2024-06-30",
    "9999-12-31",
    "0001-01-01",
    [],
    [None],
    [[]],
    {},
    {"x": 1},
)


@pytest.mark.parametrize("seed", times(40))
def test_no_dossier_stops_the_batch(seed: int) -> None:
    """Any part of a dossier replaced by anything: an answer or an error that names a place, never a fault."""
    rng = random.Random(seed)
    for _ in range(25):
        policy, level = rng.choice(PAIRS)
        asked = random_people.asked(rng, policy, level)
        dossier = copy.deepcopy(asked.dossier)
        for _ in range(rng.choice([1, 1, 3])):
            spoil(dossier, rng)
        case = {"policy": policy, "level": level, "as_of": asked.as_of.isoformat(), "dossier": dossier}
        answer = answer_line(json.dumps(case).encode())
        assert ("verdict" in answer) != (": " in answer.get("error", "")), answer


PAIRS = [
    ("tianjin-lithium-2022", "associate_senior"), ("tianjin-lithium-2022", "full_senior"), ("tianjin-lithium-2022", "assistant"),
    ("tianjin-engineering-2019", "intermediate"), ("jiangxi-lithium-2023", "intermediate"),
    ("zhejiang-battery-2020", "associate_senior"),
]  # fmt: skip


def spoil(part: Any, rng: random.Random) -> None:
    """Replace one value somewhere inside, or add a key or an entry."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    if not keys or rng.random() < 0.05:
        part.update(x=1) if isinstance(part, dict) else part.append(rng.choice(JUNK))
        return
    key = rng.choice(keys)
    if isinstance(part[key], dict | list) and rng.random() < 0.8:
        spoil(part[key], rng)
    else:
        part[key] = rng.choice(JUNK)

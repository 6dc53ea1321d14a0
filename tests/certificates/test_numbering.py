"""Numbers: without gaps, once each, with a check digit."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from applications.models import Round
from certificates import numbering
from certificates.models import NumberSequence
from tests.counts import times

pytestmark = pytest.mark.unlawful("numbers are taken and nothing is issued", "certificate_numbers_without_gaps")

PREFIX = numbering.Prefix("12", 2025, "06", "2", 12)


def test_a_number_names_its_parts_and_checks_itself():
    number = numbering.compose(PREFIX, 7)
    assert number.rsplit("-", 1)[0] == "12-2025-06-2-0012-00007"
    assert numbering.normalise(number) == number
    assert numbering.serial_of(number) == ("12-2025-06-2-0012", 7)


def test_typed_numbers_are_read_however_they_are_typed():
    number = numbering.compose(PREFIX, 1)
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in number)
    typed = [
        number.replace("-", ""),
        f" {number} ",
        number.replace("-", " "),
        number.replace("-", "—"),
        wide,
        number.lower(),
    ]
    assert {numbering.normalise(text) for text in typed} == {number}


def test_every_single_wrong_digit_is_noticed():
    number = numbering.compose(PREFIX, 31)
    wrong = [
        number[:place] + other + number[place + 1 :]
        for place, digit in enumerate(number)
        if digit.isdigit()
        for other in "0123456789"
        if other != digit
    ]
    assert [text for text in wrong if numbering.normalise(text) is not None] == []


def test_what_is_no_number_is_no_number():
    assert [numbering.normalise(text) for text in ("", "12-2025", "x" * 19, "7" * 40, "一二三")] == [None] * 5


@pytest.mark.django_db
def test_serials_follow_each_other_by_prefix():
    other = numbering.Prefix("12", 2026, "06", "2", 12)
    with transaction.atomic():
        taken = [numbering.take(PREFIX), numbering.take(PREFIX), numbering.take(other), numbering.take(PREFIX)]
    assert [numbering.serial_of(number)[1] for number in taken] == [1, 2, 1, 3]


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back():
    with transaction.atomic():
        numbering.take(PREFIX)
    with transaction.atomic():
        assert numbering.serial_of(numbering.take(PREFIX))[1] == 2
        transaction.set_rollback(True)
    with transaction.atomic():
        assert numbering.serial_of(numbering.take(PREFIX))[1] == 2


@pytest.mark.django_db(transaction=True)
def test_no_number_is_taken_outside_the_issuing_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        numbering.take(PREFIX)
    assert NumberSequence.objects.count() == 0


@pytest.mark.django_db
def test_used_up_serials_are_refused():
    NumberSequence.objects.create(prefix=str(PREFIX), last=numbering.LAST_SERIAL)
    with pytest.raises(numbering.NumberingError, match="用完"), transaction.atomic():
        numbering.take(PREFIX)


def test_a_region_without_a_code_is_named():
    nowhere = Round(region="atlantis", series="engineering", policy_id="tianjin-lithium-2022", committee_id=1)
    with pytest.raises(numbering.NumberingError, match="“atlantis”没有证书编号代码"):
        numbering.prefix_of(nowhere, "associate_senior", 2025)


@pytest.mark.postgres
@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_every_number_once_and_leave_no_gap():
    """Eight sessions take numbers and one transaction in three is rolled back."""
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads do not meet in a database in memory; set TEST_SQLITE to a file")
    kept: list[str] = []
    troubles: list[Exception] = []
    rounds = len(times(100))

    def take_some(session: int) -> None:
        try:
            for turn in range(rounds):
                while not attempt(give_up=(session + turn) % 3 == 0):
                    pass
        except Exception as trouble:  # noqa: BLE001  a thread's trouble must reach the test
            troubles.append(trouble)
        finally:
            connection.close()

    def attempt(*, give_up: bool) -> bool:
        try:
            with transaction.atomic():
                number = numbering.take(PREFIX)
                if give_up:
                    transaction.set_rollback(True)
        except (numbering.NumberingError, OperationalError):
            return False
        if not give_up:
            kept.append(number)
        return True

    sessions = [threading.Thread(target=take_some, args=(session,)) for session in range(8)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    assert troubles == []
    assert sorted(numbering.serial_of(number)[1] for number in kept) == list(range(1, len(kept) + 1))
    assert NumberSequence.objects.get().last == len(kept)

import json

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.db import connection

from portal import audit, crypto, identity, identity_numbers
from portal.identity_numbers import IdentityNumberError
from portal.models import AuditEntry, IdentityDocument, IdentityKind

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

RESIDENT = "120101198503141231"
VALID = [
    ("resident_id", RESIDENT, "120101********1231"),
    ("resident_id", "１２０１０１ １９８５０３１４ １２３１", "120101********1231"),  # noqa: RUF001  as typed by an input method
    ("resident_id", "810000199408230021", "810000********0021"),
    ("resident_id", "820000199001015671", "820000********5671"),
    ("resident_id", "830000199201300022", "830000********0022"),
    ("hk_macao_permit", "h12345678", "H1*****78"),
    ("hk_macao_permit", "M1234567801", "M1*******01"),
    ("taiwan_permit", "01234567", "01****67"),
    ("taiwan_permit", "0123456789（b）", "01*******9B"),
    ("foreign_permanent", "USA110185031412", "USA110*****1412"),
    ("passport_work_permit", "E12345678/11000020190001", "E1*****78/11**********01"),
]
INVALID = [
    ("resident_id", "120101198503141232"),
    ("resident_id", "120101198502301231"),
    ("resident_id", "990101198503141231"),
    ("resident_id", "120101850314123"),
    ("resident_id", ""),
    ("hk_macao_permit", "A12345678"),
    ("taiwan_permit", "1234567"),
    ("foreign_permanent", "USA110185133112"),
    ("foreign_permanent", "91108419851314012X"),
    ("passport_work_permit", "E12345678"),
]


@pytest.mark.parametrize(("kind", "number", "shown"), VALID)
def test_a_document_is_stored_encrypted_found_and_masked(lin, kind, number, shown):
    document = identity.set_document(lin, kind=kind, number=number, by=lin)
    plain = identity_numbers.normalise(number)
    assert identity.masked(lin) == document.masked == shown
    assert identity.find(kind, number) == lin
    assert crypto.decrypt(document.number) == plain


@pytest.mark.parametrize(("kind", "number"), INVALID)
def test_a_wrong_number_is_refused_with_what_to_do(lin, kind, number):
    with pytest.raises(IdentityNumberError, match="填写"):
        identity.set_document(lin, kind=kind, number=number, by=lin)
    assert IdentityDocument.objects.count() == 0


def test_the_new_permanent_residence_card_has_a_check_digit():
    body = "91108419850314012"
    good = body + identity_numbers._check_digit(body)
    assert identity_numbers.check("foreign_permanent", good) == good
    wrong = body + ("0" if good[-1] != "0" else "1")
    with pytest.raises(IdentityNumberError):
        identity_numbers.check("foreign_permanent", wrong)


def test_every_kind_has_a_check():
    assert set(identity_numbers._CHECKS) == set(IdentityKind)


def test_a_document_belongs_to_one_log_in(lin, sun):
    identity.set_document(lin, kind="resident_id", number=RESIDENT, by=lin)
    with pytest.raises(identity.IdentityTakenError, match="其他账号"):
        identity.set_document(sun, kind="resident_id", number=RESIDENT, by=sun)
    assert identity.masked(sun) == ""


def test_a_changed_document_replaces_the_first(lin):
    identity.set_document(lin, kind="resident_id", number=RESIDENT, by=lin)
    identity.set_document(lin, kind="hk_macao_permit", number="H12345678", by=lin)
    assert identity.find("resident_id", RESIDENT) is None
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["identity.set", "identity.change"]


def test_the_number_stands_in_no_table_in_clear(lin):
    identity.set_document(lin, kind="resident_id", number=RESIDENT, by=lin)
    identity.reveal(lin, by=lin, reason="核对")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert RESIDENT not in repr(cursor.fetchall()), table
    assert RESIDENT not in json.dumps(serializers.serialize("json", IdentityDocument.objects.all()))


def test_a_look_at_the_number_is_on_record_and_has_a_reason(lin, sun):
    identity.set_document(lin, kind="resident_id", number=RESIDENT, by=lin)
    with pytest.raises(ValueError, match="理由"):
        identity.reveal(lin, by=sun, reason="  ")
    assert identity.reveal(lin, by=sun, reason="与社保记录核对") == RESIDENT
    entry = AuditEntry.objects.get(act="identity.reveal")
    assert (entry.actor, entry.target, entry.reason) == ("孙受理", str(lin.public_id), "与社保记录核对")
    assert audit.verify() == []


def test_keys_are_rotated_and_the_old_one_taken_away(lin, settings):
    identity.set_document(lin, kind="resident_id", number=RESIDENT, by=lin)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    assert crypto.rotate_columns()["portal.IdentityDocument.number"] == 1
    settings.FIELD_KEYS = [new]
    assert identity.reveal(lin, by=lin, reason="核对") == RESIDENT
    settings.FIELD_KEYS = [old]
    with pytest.raises(crypto.DecryptionError):
        identity.reveal(lin, by=lin, reason="核对")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("林申报120101198503141231学历.jpg", "林申报120101********1231学历.jpg"),
        ("120101 19850314 1231", "120101********1231"),
        ("１２０１０１１９８５０３１４１２３１", "120101********1231"),  # noqa: RUF001  full width
        ("120101198503141232", "120101********1232"),
        ("证书（示例）：120101198503141231，原件.jpg", "证书（示例）：120101********1231，原件.jpg"),
        ("学位证1012342025030312345.pdf", "学位证1012342025030312345.pdf"),
        ("2025-03-03 公示照片.jpg", "2025-03-03 公示照片.jpg"),
    ],
)
def test_a_number_in_a_text_is_masked_however_it_is_written(written, shown):
    assert identity_numbers.mask_in(written) == shown


@pytest.mark.parametrize(
    ("text", "stands"),
    [(f"证书编号 {RESIDENT}", True), ("证书编号 120101198503141232", False), ("1012342025030312345", False)],
)
def test_only_a_number_with_its_check_digit_is_called_one(text, stands):
    assert identity_numbers.stands_in(text) is stands

"""Every page has its cost pinned at 1 and at 30 rows by a test that counts it (tests/costs.py), or shows one thing only.

A new page is named in the `pins` of the test that counts it, or here among those of which there cannot be thirty.
"""

import ast

from tests import costs
from tests.architecture.sources import parsed
from tests.matrix.tables import ROWS

# One message, one file, one certificate, one form: there is nothing of which there could be thirty.
ONE_THING = {
    "portal:health",
    "portal:privacy",
    "portal:message_detail",
    "portal:delivery_hold",
    "portal:delivery_release",
    "portal:delivery_resend",
    "portal:profile",
    "portal:session_state",
    "portal:identity",
    "portal:own_data_file",
    "portal:person_add",
    "portal:enterprise_add",
    "applications:application_start",
    "applications:application_change",
    "applications:application_withdraw",
    "applications:ban_add",
    "applications:fee_mark",
    "applications:round_paper_add",
    "applications:round_paper_file",
    "applications:round_paper_remove",
    "applications:round_terms",
    "applications:ban_lift",
    "applications:application_submit",
    "applications:sign_invite",
    "applications:sign_state",
    "applications:phone_sign",
    "applications:application_cancel",
    "applications:identity_reveal",
    "applications:finding_override",
    "applications:override_withdraw",
    "applications:section_nothing",
    "applications:return_widen",
    "applications:item_add",
    "applications:portrait",
    "applications:archive_import",
    "applications:archive_record_fetch",
    "applications:archive_fetch_all",
    "applications:record_fetch",
    "applications:archive_import_template",
    "applications:archive_item_add",
    "applications:archive_item_remove",
    "applications:archive_evidence_add",
    "applications:archive_evidence_change",
    "applications:archive_evidence_remove",
    "applications:item_remove",
    "applications:evidence_add",
    "applications:evidence_change",
    "applications:evidence_remove",
    "applications:archive_evidence_join",  # the pictures of one slot, which holds twenty
    "applications:evidence_join",
    "applications:evidence_thumbnail",
    "applications:evidence_file",
    "applications:evidence_page",
    "applications:evidence_preview",
    "applications:photograph_file",
    "applications:notice_close",
    "applications:notice_withdraw",
    "applications:objection_add",
    "applications:objection_settle",
    "applications:round_add",
    "applications:round_change",
    "applications:round_close",
    "review:draw_transcript_file",
    "review:evidence_read",
    "review:evidence_page",
    "review:evidence_preview",
    "review:pool_enrol",
    "review:pool_member_end",
    "review:meeting_postpone",
    "review:meeting_draw",
    "review:meeting_supplement",
    "review:meeting_open",
    "review:meeting_close",
    "review:result_publish",
    "review:result_confirm",
    "review:ballot_open",
    "review:ballot_close",
    "review:ballot_repeat",
    "review:ballot_cast",
    "review:recusal_order",  # a choice of the panel, which is never thirty
    "review:seat_answer",
    "review:seat_commit",
    "review:entry_recuse",
    "certificates:verify",
    "certificates:verify_token",
    "certificates:certificate_detail",
    "certificates:certificate_revoke",
    "certificates:certificate_reissue",
    "certificates:archiving_record",
    "certificates:document_download",
}


def pinned() -> set[str]:
    """The routes that the tests pin, as their marks name them."""
    marks = [
        decorator.args[0]
        for path, tree in parsed("tests")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.pins"
    ]
    return {str(route) for mark in marks for route in mark_of(mark)}


def mark_of(mark: ast.expr) -> list[str]:
    assert isinstance(mark, ast.Dict), f"a mark names its routes as plain strings: {ast.unparse(mark)}"
    return [ast.literal_eval(key) for key in mark.keys]


def test_every_page_that_is_read_has_its_cost_pinned():
    read = {row.route for row in ROWS if "GET" in row.methods}
    assert (sorted(read - pinned() - ONE_THING), sorted((pinned() | ONE_THING) - read)) == ([], [])


def test_no_page_is_both():
    assert pinned() & ONE_THING == set()


def test_a_pin_that_is_not_counted_or_not_held_is_told():
    costs.counted.clear()
    costs.counted["a"].extend([5, 5])
    costs.counted["b"].extend([5, 9])
    costs.counted["c"].append(5)
    assert costs.complaints({"a": 5, "b": 8, "c": 5, "d": 5}) == [
        "c was not counted twice",
        "d was not counted twice",
        "b takes 9 queries, at most 8 are meant",
    ]

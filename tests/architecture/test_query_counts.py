"""Every page that is read has its cost pinned at 1 and at 30 rows, or shows one thing only."""

from pathlib import Path

from tests.matrix.tables import ROWS

TESTS = Path(__file__).parent.parent
# Where the cost of a page is held; the file names the page.
PINNED = {
    "portal:home": "review/test_pages_queries.py",
    "portal:message_list": "portal/test_pages.py",
    "portal:delivery_list": "portal/test_delivery_pages.py",
    "portal:delivery_detail": "portal/test_delivery_pages.py",
    "applications:round_list": "applications/test_applicant_queries.py",
    "applications:application_list": "applications/test_applicant_queries.py",
    "applications:application_detail": "applications/test_applicant_queries.py",
    "applications:application_check": "applications/test_applicant_queries.py",
    "applications:precheck": "applications/test_applicant_queries.py",
    "applications:employer_list": "applications/test_staff_pages_queries.py",
    "applications:supervisor_list": "applications/test_staff_pages_queries.py",
    "applications:office_list": "applications/test_staff_pages_queries.py",
    "applications:watch_list": "applications/test_staff_pages_queries.py",
    "applications:dossier_detail": "applications/test_staff_pages_queries.py",
    "applications:step_verify": "applications/test_staff_pages_queries.py",
    "applications:notice_list": "applications/test_staff_pages_queries.py",
    "applications:notice_detail": "applications/test_staff_pages_queries.py",
    "applications:notice_manage_list": "applications/test_staff_pages_queries.py",
    "applications:notice_manage": "applications/test_staff_pages_queries.py",
    "applications:round_manage_list": "applications/test_staff_pages_queries.py",
    "review:pool_list": "review/test_pages_queries.py",
    "review:pool_detail": "review/test_pages_queries.py",
    "review:meeting_list": "review/test_queries.py",
    "review:meeting_detail": "review/test_queries.py",
    "review:draw_transcript": "review/test_pages_queries.py",
    "review:seat_list": "review/test_pages_queries.py",
    "review:seat_detail": "review/test_queries.py",
    "certificates:certificate_list": "certificates/test_pages.py",
    "certificates:archiving_list": "certificates/test_pages.py",
    "certificates:release_list": "certificates/test_pages.py",
    "certificates:release_detail": "certificates/test_pages.py",
    "certificates:register_list": "certificates/test_pages.py",
}
# One message, one file, one certificate, one form: there is nothing of which there could be thirty.
ONE_THING = {
    "portal:health",
    "portal:session_state",
    "portal:privacy",
    "portal:message_detail",
    "applications:evidence_file",
    "applications:evidence_preview",
    "applications:evidence_page",
    "applications:photograph_file",
    "review:draw_transcript_file",
    "review:evidence_read",
    "review:evidence_preview",
    "review:evidence_page",
    "certificates:verify",
    "certificates:verify_token",
    "certificates:certificate_detail",
    "certificates:document_download",
}


def test_every_page_that_is_read_has_its_cost_pinned():
    read = {row.route for row in ROWS if tuple(row.methods) == ("GET",)}
    assert (sorted(read - set(PINNED) - ONE_THING), sorted((set(PINNED) | ONE_THING) - read)) == ([], [])


def test_the_pinning_tests_name_their_pages():
    silent = [
        route for route, file in PINNED.items() if f'{route.split(":")[1]}"' not in (TESTS / file).read_text("utf8")
    ]
    assert silent == []

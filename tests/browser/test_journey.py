"""One application from filing to a verified certificate in Chromium, by nothing but the pages' own words.

Pictures of every station and the papers lie in var/journey afterwards, to be looked at.
"""

import pytest

from tests.browser import certificates, filing, filling, review
from tests.browser.conftest import manage
from tests.browser.walker import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.duty(
    "TJ27-019", "TJ27-022", "TJ27-023", "TJ27-024", "TJ27-025", "TJ23-036", "TJ23-039", "TJ23-040",
    "TJ23-043", "TJ23-047", "TJ23-048", "TJ39-030",
)  # fmt: skip
def test_one_application_goes_from_filing_to_a_verified_certificate(portal, chromium, gallery):
    with person(chromium, gallery) as someone, person(chromium, gallery) as visitor:
        filing.sign_in(someone, f"http://127.0.0.1:{portal.port}/")
        filing.open_the_draft(someone)
        filling.add_a_record(someone)
        filling.upload_its_evidence(someone)
        filling.change_the_record(someone)
        filing.submit(someone)
        filing.check_at_the_employer(someone)
        filing.post_the_notice(someone)
        filing.recommend(someone)
        filing.pass_the_supervising_body(someone)
        filing.accept_at_the_office(someone)

        review.plan_and_draw(someone)
        review.experts_get_ready(someone)
        review.open_the_meeting(someone)
        review.vote(someone)
        review.count_and_publish(someone)
        review.anybody_reads_the_notice(visitor, f"http://127.0.0.1:{portal.port}/")
        review.confirm_and_release(someone)

        papers = certificates.download(someone)
        certificates.read(papers)
        certificates.verify(visitor, papers["certificate"])

    assert gallery.faults == []
    assert len(gallery.stations) > 50
    manage(portal, "check_invariants")
    manage(portal, "verify_audit")

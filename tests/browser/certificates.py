"""The walk's end: the holder downloads both papers, and anybody checks the certificate by its code."""

from certificates.proof_reading import codes_of, text_of
from tests.browser.filling import PATENT
from tests.browser.walker import Walker

CERTIFICATE, REVIEW_FORM = "下载.*证书", "下载.*评审表"


def download(lin: Walker) -> dict[str, bytes]:
    """Both papers, as the holder gets them."""
    lin.become("林申报")
    lin.station("holder-home", phone=True)
    lin.menu("我的证书")
    lin.wait_until_offered(CERTIFICATE, REVIEW_FORM)
    lin.station("certificates", phone=True)
    papers = {
        "certificate": lin.download(CERTIFICATE, "certificate.pdf"),
        "review-form": lin.download(REVIEW_FORM, "review-form.pdf"),
    }
    lin.follow("高级工程师")
    lin.station("certificate", phone=True)
    return papers


def verify(visitor: Walker, certificate: bytes) -> None:
    """The address in the printed code, opened by somebody who knows nothing else."""
    (address,) = codes_of(certificate)
    visitor.page.goto(address)
    visitor.reads("证书有效")
    visitor.reads("林**")
    visitor.station("verification", phone=True)


def read(papers: dict[str, bytes]) -> None:
    assert "林申报" in text_of(papers["certificate"])
    review_form = "".join(text_of(papers["review-form"]).split())
    assert "林申报" in review_form
    assert PATENT in review_form

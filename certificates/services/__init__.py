"""Acts on certificates and their papers, by subject."""

from certificates.services.handing_over import record_archiving, record_download
from certificates.services.issuing import Released, issue, release
from certificates.services.rendering import render_document, retry_document
from certificates.services.standing import reissue, revoke

__all__ = [
    "Released",
    "issue",
    "record_archiving",
    "record_download",
    "reissue",
    "release",
    "render_document",
    "retry_document",
    "revoke",
]

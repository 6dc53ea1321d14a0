"""Where a paper can be looked up: its address, read by host name, and what an address elsewhere means for it.

A pack whose notice lets a paper count only with its address in one of three databases says so in a document rule
(`void_without`, `when: indexed`); without such a rule an address is welcome and asked for by nobody.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from rules.procedure import Procedure

DATABASES: Final[Mapping[str, tuple[str, ...]]] = {
    "cnki": ("cnki.net", "cnki.com.cn"),
    "wanfang": ("wanfangdata.com.cn",),
    "vip": ("cqvip.com",),
}
# A search report of these stands in the place of an address; whether it does for good, whoever accepts decides.
REPORTED: Final = frozenset({"sci", "ei"})


def database_of(address: str) -> str:
    """The database that an address belongs to, by its host name and nothing else; empty for any other address."""
    text = address.strip()
    try:
        host = (urlsplit(text if "://" in text else f"https://{text}").hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    return next(
        (key for key, names in DATABASES.items() if any(host == name or host.endswith(f".{name}") for name in names)),
        "",
    )


def void_clause(procedure: Procedure, kind: str, details: Mapping[str, Any]) -> str:
    """The clause under which a paper counts for nothing as it is entered; empty where it counts."""
    rule = next((one for one in procedure.documents if kind in one.of and one.void_without and one.entered), None)
    if rule is None or details.get("indexed") in REPORTED:
        return ""
    return "" if database_of(details.get("verification_address") or "") else rule.clause or ""

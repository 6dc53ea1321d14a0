"""What an authority already holds of a person, fetched instead of typed: one interface, a connector a kind of record.

Whoever connects a region writes a class as `protocol.Connector` says and names it in the setting `CONNECTORS`
(docs/connectors.md). Connectors know nothing of the archive: they are asked a question and give an answer, or raise.
Consent, the record, its mark and the log are `services.fetching`.
"""

from applications.connectors.protocol import Answer, Away, Connector, ConnectorError, NotFound, Question
from applications.connectors.registry import connected, of_kind

__all__ = ["Answer", "Away", "Connector", "ConnectorError", "NotFound", "Question", "connected", "of_kind"]

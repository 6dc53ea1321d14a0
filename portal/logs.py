"""Logs as one JSON object a line. They carry ids, never names or identity numbers."""

import json
import logging
from datetime import UTC, datetime

from portal.request_id import current


class JsonLine(logging.Formatter):
    """Formats a record as JSON: time (UTC, the machine's clock), level, logger, text, request id, and the error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": record.getMessage(),
        }
        if request_id := current():
            line["request"] = request_id
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

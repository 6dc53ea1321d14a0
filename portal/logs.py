"""Logs as one JSON object a line. They carry ids, never names or identity numbers.

Of an error its kind and its frames are written, its words only where they are our own (portal.error_text).
"""

import json
import logging
from datetime import UTC, datetime

from portal.error_text import trace
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
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

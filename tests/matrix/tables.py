"""Every table of the matrix."""

from tests.matrix import applications, certificates, portal, review
from tests.matrix.declare import rows_of

ROWS = [row for room in (portal, applications, review, certificates) for row in rows_of(room.TABLE)]

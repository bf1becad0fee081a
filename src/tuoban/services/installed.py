"""The activities of all services, as packs may use them; without Django."""

from __future__ import annotations

from functools import reduce

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.services.billing import offers as billing
from tuoban.services.booking import offers as booking
from tuoban.services.labour import offers as labour
from tuoban.services.parts import offers as parts
from tuoban.services.quality import offers as quality

CATALOGUE: Catalogue = reduce(
    Catalogue.joined,
    (billing.CATALOGUE, booking.CATALOGUE, labour.CATALOGUE, parts.CATALOGUE, quality.CATALOGUE),
    NOTHING,
)
"""What `tuoban check` compiles packs against; the services register the same when Django starts."""

"""The activities of all services, as packs may use them; without Django."""

from __future__ import annotations

from functools import reduce

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.services.billing import offers as billing
from tuoban.services.parts import offers as parts

CATALOGUE: Catalogue = reduce(Catalogue.joined, (billing.CATALOGUE, parts.CATALOGUE), NOTHING)
"""What `tuoban check` compiles packs against; the services register the same when Django starts."""

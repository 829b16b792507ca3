"""The data dictionary: every layer and column that is published, with its Thai title.

One table serves the GeoPackage, the manual and the exports.
"""

from gisapp.core.dictionary import (
    as_received,
    checking,
    coverage,
    ground,
    others,
    schools,
    tables,
)

#: Every layer by name, in the order in which they stand in the file.
LAYERS = {
    layer.name: layer
    for layer in (
        *schools.LAYERS,
        *tables.LAYERS,
        *as_received.LAYERS,
        *others.LAYERS,
        *coverage.LAYERS,
        *ground.LAYERS,
        *checking.LAYERS,
    )
}

__all__ = ["LAYERS"]

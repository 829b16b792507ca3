"""Children of each single age in each zone."""

import numpy as np
import pandas as pd

from gisapp.core.coverage.counting.children import AGES, FEMALE, MALE, PERSONS
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.units import Units


def zone_children(inputs: CoverageInputs, zones: Units, education_level: str) -> pd.DataFrame:
    """Return one row per zone and age from 0 to 17, also of ages that the level does not teach.

    They are next years' pupils. The rows without a school hold the unassigned land and the
    children of unknown place.
    """
    lives = inputs.places_by(inputs.plots.of_place, len(inputs.plots))
    by_plot = lives @ inputs.children.counts.reshape(-1, AGES * 3)
    people = (zones.people @ by_plot).reshape(len(zones), AGES, 3)
    people[-1] += inputs.unplaced
    people = np.round(people, 9).reshape(-1, 3) + 0.0
    return pd.DataFrame(
        {
            "smis_code": np.repeat(zones.labels["smis_code"].to_numpy(dtype=object), AGES),
            "education_level": education_level,
            "age": np.tile(np.arange(AGES), len(zones)),
            "male": people[:, MALE],
            "female": people[:, FEMALE],
            "persons": people[:, PERSONS],
        }
    )

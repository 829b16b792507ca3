"""Figures of coverage -> layers as they are published, and what they were made from."""

import hashlib
from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd

from gisapp.core.coordinates import LONLAT
from gisapp.core.coverage.counting.children import Children, counting_day
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.findings import COVERAGE_FINDINGS
from gisapp.core.layers import as_published, problem_rows, reading_order
from gisapp.core.problems import Problem
from gisapp.pipeline.coverage.inputs import Inputs


def lay_out(inputs: Inputs, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give every table exactly the columns of the dictionary, in degrees.

    Shapes are turned corner by corner: what touches in metres touches in degrees.
    """
    laid = {}
    for name, table in tables.items():
        rows = table
        if isinstance(table, gpd.GeoDataFrame):
            rows = table.set_crs(inputs.settings.metric_crs).to_crs(LONLAT)
        laid[name] = as_published(rows, name, inputs.data_round, inputs.enrolled_on)
    return laid


def with_problems(inputs: Inputs, before: pd.DataFrame, found: Sequence[Problem]) -> pd.DataFrame:
    """Return a layer `problems` with those of coverage, in place of those found before."""
    schools = inputs.table("schools")
    names = dict(zip(schools["smis_code"], schools["school_name_th"], strict=True))
    ordered = reading_order(found)
    rows = problem_rows(ordered, names, [""] * len(ordered))
    new = as_published(rows, "problems", inputs.data_round, inputs.enrolled_on)
    kept = before[~before["kind"].isin(COVERAGE_FINDINGS)]
    return pd.concat([kept, new], ignore_index=True) if len(kept) else new


def state_method(inputs: Inputs, children: Children, raster: PeopleRaster | None) -> dict[str, str]:
    """Say what the figures were made from: criteria, registers, raster, the day that counts."""
    criteria = inputs.criteria
    ratio = raster.ratio if raster else None
    digest = hashlib.sha256(repr(criteria).encode()).hexdigest()
    return {
        "criteria coverage": f"sha256 {digest}",
        "coverage day": counting_day(inputs.data_round, criteria.limits).isoformat(),
        "coverage own reach": f"{criteria.own_reach.kind} {criteria.own_reach.value:g}",
        "coverage population": " · ".join(children.sources),
        "coverage raster": raster.file if raster else "",
        "coverage raster ratio": "" if ratio is None else f"{ratio:.2f}",
        "coverage raster people": _told(raster.people if raster else None),
        "coverage raster beside": _told(raster.registered if raster else None),
        "coverage neighbours": str(len(inputs.table("neighbour_schools"))),
    }


def _told(people: float | None) -> str:
    """Write people whole; empty where they were not counted."""
    return "" if people is None else f"{people:.0f}"

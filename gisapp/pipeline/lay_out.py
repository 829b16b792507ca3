"""Joined schools -> the layers of the contract, each with its day, and what they were made from."""

import datetime
import hashlib

import geopandas as gpd
import pandas as pd

import gisapp
from gisapp.core import layers
from gisapp.core.datum import operation_title
from gisapp.core.excerpts import make_excerpts
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round
from gisapp.core.sizes import SIZES_STATED, sizes_as_text
from gisapp.pipeline.inputs import Inputs
from gisapp.pipeline.join import Joined
from gisapp.store.boundaries import Boundaries
from gisapp.store.rounds import checksums_of

#: Layer -> the form whose day its figures are of, where that is not its own name.
_FORM_OF = dict.fromkeys(("schools", "enrolment_by_grade", "enrolment_other_source"), "enrolment")


def lay_out(inputs: Inputs, joined: Joined, found: list[Problem]) -> dict[str, pd.DataFrame]:
    """Every layer with exactly the columns of the dictionary."""
    received, register = inputs.received, joined.gathered.register
    ordered = layers.reading_order(found)
    excerpts = make_excerpts(ordered, received.sheet_of_place, received.tables)
    names = dict(zip(register["smis_code"], register["school_name_th"], strict=True))
    sometimes = {
        "population": joined.population,
        "corrections": received.applied,
        **joined.others,
    }
    tables = {
        "schools": layers.finish_schools(joined.schools, found),
        **joined.figures.layers,
        "service_villages": _at_villages(joined.service_villages, inputs.boundaries.villages),
        "photos": joined.photos,
        "problems": layers.problem_rows(ordered, names, excerpts),
        **{name: rows for name, rows in sometimes.items() if len(rows)},
        **_base_layers(inputs.boundaries, joined.schools),
    }
    day = inputs.data_round
    return {
        name: layers.as_published(table, name, day, _as_of(name, day, received.taken))
        for name, table in tables.items()
    }


def state_sources(inputs: Inputs) -> dict[str, str]:
    """Name each source with its checksum, the criteria and what was taken over."""
    settings, received = inputs.settings, inputs.received
    checksums = received.checksums | checksums_of(settings.boundaries_dir)
    sources = {f"source {file}": f"sha256 {digest}" for file, digest in checksums.items()}
    criteria = {"size_classes": inputs.size_classes, "checks": inputs.limits}
    return {
        "office": f"{settings.area_code} {settings.name_th}",
        "gisapp": gisapp.__version__,
        **sources,
        **{f"taken over {form}": before.name for form, before in received.taken.items()},
        **{
            f"criteria {name}": f"sha256 {hashlib.sha256(repr(rows).encode()).hexdigest()}"
            for name, rows in criteria.items()
        },
        SIZES_STATED: sizes_as_text(inputs.size_classes),
        "datum operation": operation_title(settings.datum_operation),
        **_conversions(inputs),
    }


def _conversions(inputs: Inputs) -> dict[str, str]:
    """How each map that declares another CRS became degrees."""
    sheets = inputs.received.sheet_of_place
    received = {
        " · ".join(filter(None, place)): sheet.conversion for place, sheet in sheets.items()
    }
    every = {**received, **inputs.boundaries.conversions}
    return {f"converted {file}": made.text for file, made in every.items() if made is not None}


def _at_villages(rows: pd.DataFrame, villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put each service village on its point, where the office has one."""
    points = villages.drop_duplicates("village_code").set_index("village_code").geometry
    return gpd.GeoDataFrame(
        rows, geometry=points.reindex(rows["village_code"]).to_numpy(), crs=4326
    )


def _base_layers(ground: Boundaries, schools: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Areas with their counts, and what the office has to draw below the schools."""
    district = ground.subdistricts.set_index("subdistrict_code")["district_code"]
    by_district = schools.assign(district_code=schools["subdistrict_code"].map(district))
    areas: dict[str, pd.DataFrame] = {}
    if len(ground.subdistricts):
        areas["districts"] = layers.count_by_area(
            ground.districts, "district_code", by_district, "district_code"
        )
        areas["subdistricts"] = layers.count_by_area(
            ground.subdistricts, "subdistrict_code", schools, "subdistrict_code"
        )
    drawn = {
        "villages": ground.villages,
        "roads": ground.roads,
        "rivers": ground.rivers,
        "lakes": ground.lakes,
        "announced_zones": ground.announced_zones,
        "population_areas": ground.population_areas,
        "neighbour_schools": ground.neighbour_schools,
    }
    return {**areas, **{name: layer for name, layer in drawn.items() if len(layer)}}


def _as_of(layer: str, data_round: Round, taken: dict[str, Round]) -> datetime.date:
    """The day that a layer's figures are of."""
    form = _FORM_OF.get(layer, layer)
    stated = taken.get(form, data_round)
    return stated.buildings_cut_off if form == "buildings" else stated.cut_off

"""What coverage is stated for: zones, subdistricts, districts, networks and the whole office."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from gisapp.core.coverage.counting.children import VILLAGE
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.land.fabric_lines import join_faces
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.schools import OTHER_SCHOOL, OWN_SCHOOL
from gisapp.core.coverage.zoning.zones import OF_LIST, ZONE_METHODS


@dataclass(frozen=True)
class Units:
    """The units of one layer and level; they share out every face, pupil and child once.

    Most units are land, and count whoever lives there. A zone by the list of villages counts the
    children of its villages, also where their land cannot be told from that of others.

    Attributes:
        labels: One row per unit: its columns of the layer. The last row takes what belongs to no
            other unit: land, children of unknown place, pupils.
        shares: [unit, face] the share of the face that the unit counts, above 0 and up to 1.
        people: [unit, plot] the share of the plot's children that the unit counts.
        home: Of each row of `CoverageSchools.rows` the unit that counts its pupils.
    """

    labels: pd.DataFrame
    shares: csr_array
    people: csr_array
    home: NDArray[np.int64]

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.labels)


def zone_units(inputs: CoverageInputs, education_level: str) -> Units:
    """Return a level's zones by school; the last row is the unassigned land."""
    zones, rows = inputs.zones, inputs.schools.rows
    parts = zones.parts[zones.parts["education_level"] == education_level]
    codes = sorted(set(parts["smis_code"].dropna()))
    unit = pd.Series(_places(parts["smis_code"], codes), index=parts.index)
    held = np.isin(zones.part, parts.index) & (parts["share"].reindex(zones.part).to_numpy() > 0)
    of_part, face = zones.part[held], zones.face[held]
    shares = _shares(
        unit.loc[of_part].to_numpy(),
        face,
        parts["share"].loc[of_part].to_numpy(dtype=np.float64),
        (len(codes) + 1, len(inputs.fabric)),
    )
    people = _by_list(inputs, education_level, codes, _by_land(inputs, shares))
    names = rows.set_index("smis_code")["school_name_th"]
    labels = pd.DataFrame({"smis_code": [*codes, None]}, dtype=object)
    labels["school_name_th"] = labels["smis_code"].map(names)
    labels["zone_method"] = _methods(parts, unit.to_numpy(), len(codes) + 1)
    own = _places(rows["smis_code"], codes)
    stands = _standing(inputs, shares)
    home = np.where(rows["whose"] == OTHER_SCHOOL, stands, own)
    return Units(labels, shares, people, home)


def network_units(inputs: CoverageInputs, zones: Units) -> Units:
    """Return the school networks: the zones of their own schools, and whoever stands in them.

    The last row takes the zones of schools without a network and the unassigned land.
    """
    rows = inputs.schools.rows
    network = rows["school_network"].where(rows["whose"] == OWN_SCHOOL, "")
    names = sorted(set(network) - {""})
    of_school = _places(network, names)
    by_code = pd.Series(of_school, index=rows["smis_code"])
    of_zone = by_code.reindex(zones.labels["smis_code"]).fillna(len(names)).to_numpy(np.int64)

    def joined(shares: csr_array) -> csr_array:
        cells, shape = shares.tocoo(), (len(names) + 1, shares.shape[1])
        return _shares(of_zone[cells.row], cells.col, cells.data, shape)

    return Units(
        pd.DataFrame({"school_network": [*names, None]}, dtype=object),
        joined(zones.shares),
        joined(zones.people),
        np.where(rows["whose"] == OWN_SCHOOL, of_school, of_zone[zones.home]),
    )


def subdistrict_units(inputs: CoverageInputs) -> Units:
    """Return the subdistricts; the last row takes land and schools outside all of them."""
    named = inputs.subdistricts.sort_values("subdistrict_code", ignore_index=True)
    return _area_units(
        inputs,
        named[["subdistrict_code", "subdistrict_th", "district_th"]],
        inputs.fabric.subdistrict,
        inputs.schools.rows["subdistrict_code"],
    )


def district_units(inputs: CoverageInputs) -> Units:
    """Return the districts; land and schools go by their subdistrict."""
    of_subdistrict = inputs.subdistricts.set_index("subdistrict_code")["district_code"]
    named = inputs.subdistricts[["district_code", "district_th"]].drop_duplicates("district_code")
    return _area_units(
        inputs,
        named.sort_values("district_code", ignore_index=True),
        pd.Series(inputs.fabric.subdistrict, dtype=object).map(of_subdistrict),
        inputs.schools.rows["subdistrict_code"].map(of_subdistrict),
    )


def office_units(inputs: CoverageInputs) -> Units:
    """Return the office as one unit that takes everything."""
    faces = len(inputs.fabric)
    rows = np.zeros(faces, dtype=np.int64)
    shares = _shares(rows, np.arange(faces), np.ones(faces), (1, faces))
    return Units(
        pd.DataFrame({"area_code": [inputs.office_code]}, dtype=object),
        shares,
        _by_land(inputs, shares),
        np.zeros(len(inputs.schools.rows), dtype=np.int64),
    )


def unit_shapes(fabric: Fabric) -> Callable[[Units], NDArray[np.object_]]:
    """Return what draws units: a MultiPolygon of the faces of each; None without any.

    Units of the same faces, as the zones of two levels often are, are drawn once.
    """
    drawn: dict[tuple[int, bytes, bytes], NDArray[np.object_]] = {}

    def shapes(units: Units) -> NDArray[np.object_]:
        cells = units.shares.tocoo()
        key = (len(units), cells.row.tobytes(), cells.col.tobytes())
        if key not in drawn:
            found = join_faces(fabric.faces[cells.col], cells.row.astype(np.int64), len(units))
            found[shapely.is_empty(found)] = None
            drawn[key] = found
        return drawn[key]

    return shapes


def _area_units(
    inputs: CoverageInputs,
    named: pd.DataFrame,
    of_face: pd.Series | NDArray[np.object_],
    of_school: pd.Series,
) -> Units:
    """Units by the code in the first column of `named`, sorted; whole faces, whole schools."""
    codes = named.iloc[:, 0].tolist()
    faces = len(inputs.fabric)
    shares = _shares(
        _places(of_face, codes), np.arange(faces), np.ones(faces), (len(codes) + 1, faces)
    )
    nameless = pd.DataFrame([[None] * named.shape[1]], columns=named.columns, dtype=object)
    labels = pd.concat([named.astype(object), nameless], ignore_index=True)
    return Units(labels, shares, _by_land(inputs, shares), _places(of_school, codes))


def _places(values: pd.Series | NDArray[np.object_], codes: list[str]) -> NDArray[np.int64]:
    """Place of each value among codes; one past the last where it is none of them."""
    found = pd.Index(codes, dtype=object).get_indexer(pd.Index(values, dtype=object))
    return np.where(found < 0, len(codes), found).astype(np.int64)


def _shares(
    unit: NDArray[np.int64],
    face: NDArray[np.int64],
    share: NDArray[np.float64],
    shape: tuple[int, int],
) -> csr_array:
    """Add up shares by unit and face."""
    return coo_array((share, (unit, face)), shape=shape).tocsr()


def _by_land(inputs: CoverageInputs, shares: csr_array) -> csr_array:
    """Count children by the land that they live on: shares [unit, plot]."""
    return shares[:, inputs.plots.face]


def _by_list(
    inputs: CoverageInputs, education_level: str, codes: list[str], by_land: csr_array
) -> csr_array:
    """Count the children of villages on land that goes by the list by each village's own shares.

    The last unit takes the shares that no school has.
    """
    zones, plots = inputs.zones, inputs.plots
    parts, listed = zones.parts, zones.listed
    by_list = (parts["education_level"] == education_level) & parts["zone_method"].isin(OF_LIST)
    village = np.where(inputs.children.kind == VILLAGE, inputs.children.code, "")[plots.area]
    on_land = np.isin(plots.face, zones.face[by_list.to_numpy()[zones.part]])
    found = np.flatnonzero(on_land & (village != ""))
    if not len(found):
        return by_land
    of_level = listed[listed["education_level"] == education_level]
    claims = pd.DataFrame({"plot": found, "village": village[found]}).merge(of_level, on="village")
    share = claims["share"].to_numpy(np.float64)
    rest = (1 - np.bincount(claims["plot"], share, len(plots))[found]).round(12)
    unit = np.append(_places(claims["smis_code"], codes), np.full(len(found), len(codes)))
    plot = np.append(claims["plot"].to_numpy(np.int64), found)
    cells = by_land.tocoo()
    kept = ~np.isin(cells.col, found)
    listed_cells = np.append(share, rest)
    return _shares(
        np.append(cells.row[kept], unit),
        np.append(cells.col[kept], plot),
        np.append(cells.data[kept], listed_cells),
        by_land.shape,
    )


def _methods(parts: pd.DataFrame, unit: NDArray[np.int64], units: int) -> list[str | None]:
    """Name the way each zone was made: the least good of its parts' ways."""
    worst = np.full(units, -1, dtype=np.int64)
    np.maximum.at(worst, unit, _places(parts["zone_method"], list(ZONE_METHODS)))
    return [ZONE_METHODS[place] if place >= 0 else None for place in worst]


def _standing(inputs: CoverageInputs, shares: csr_array) -> NDArray[np.int64]:
    """Unit on whose land each school stands: of a shared face the one with the larger share.

    The last unit where a school has no measurable point or stands on no face. Of equal shares
    the lower code's; so on the line between two zones.
    """
    rows, last = inputs.schools.rows, shares.shape[0] - 1
    found = np.full(len(rows), last, dtype=np.int64)
    asked = np.flatnonzero((rows["whose"] == OTHER_SCHOOL).to_numpy() & inputs.schools.measurable)
    points = shapely.points(rows[["x_m", "y_m"]].to_numpy(dtype=np.float64)[asked])
    at, face = shapely.STRtree(inputs.fabric.faces).query(points, predicate="intersects")
    held = shares[:, face].tocoo()
    school = asked[at[held.col]]
    order = np.lexsort((held.row, -held.data, school))
    first = order[np.unique(school[order], return_index=True)[1]]
    found[school[first]] = held.row[first]
    return found

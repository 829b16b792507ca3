"""Which villages belong to a town's municipality; all others belong to their subdistrict's อบต."""

import numpy as np

from gisapp.sample.schools.sites import metric_points
from gisapp.sample.world.make import World

#: Villages this near a town belong to its municipality.
_MUNICIPAL_M = 2_500.0


def municipalities(world: World) -> tuple[str, ...]:
    """Name the municipality of every village, "" outside.

    The villages around each town are municipal; the first village of another subdistrict
    always joins the provincial town, so that one municipality spans two subdistricts.
    """
    xy = metric_points(world)
    villages = world.villages
    row_of = {code: row for row, code in enumerate(villages["village_code"])}
    names = [""] * len(villages)
    district = world.districts.set_index("district_code")["district_th"]
    island = villages["on_island"].to_numpy(bool)
    for code, town in sorted(world.town.items()):
        home = row_of[town]
        kind = "เทศบาลเมือง" if code == "9901" else "เทศบาลตำบล"
        name = kind + str(district[code]).removeprefix("เมือง")
        away = np.hypot(*(xy - xy[home]).T)
        same = (villages["district_code"] == code).to_numpy() & ~island
        inside = same & (away <= _MUNICIPAL_M)
        if code == "9901":
            other = (
                villages["subdistrict_code"].to_numpy() != villages["subdistrict_code"].iloc[home]
            )
            inside[int(np.argmin(np.where(same & other, away, np.inf)))] = True
        for row in np.flatnonzero(inside):
            names[row] = name
    return tuple(names)

"""A tiny office for tests of places: squares of 20 km whose corners are round metres."""

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import Transformer

from gisapp.core.places import Ground, place_schools
from gisapp.core.tables import FormTable, Sheet

UTM = "EPSG:32647"
TO_DEGREES = Transformer.from_crs(UTM, 4326, always_xy=True)

#: Three squares from west to east, lower left corner at 400 km east, 2,130 km north; the
#: first two are one district.
WEST, SOUTH, SIDE = 400_000, 2_130_000, 20_000
NAMES = {"580101": "จองคำ", "580102": "ห้วยโป่ง", "580201": "แม่ลาน"}
DISTRICTS = {"5801": "เมือง", "5802": "ปาย"}
CODES = {name: code for code, name in NAMES.items()}


def degrees(x_m, y_m):
    """(lon, lat) of metres from the lower left corner."""
    return TO_DEGREES.transform(WEST + x_m, SOUTH + y_m)


def subdistricts():
    squares = [
        shapely.box(WEST + n * SIDE, SOUTH, WEST + (n + 1) * SIDE, SOUTH + SIDE) for n in range(3)
    ]
    return gpd.GeoDataFrame(
        {
            "subdistrict_code": list(NAMES),
            "subdistrict_th": list(NAMES.values()),
            "district_code": [code[:4] for code in NAMES],
            "district_th": [DISTRICTS[code[:4]] for code in NAMES],
        },
        geometry=squares,
        crs=UTM,
    ).to_crs(4326)


def villages():
    """Villages 3 and 4 of the first subdistrict, 3 and 9 km east of its corner, 4 km north."""
    return gpd.GeoDataFrame(
        {
            "village_code": ["58010103", "58010104"],
            "village_no": [3, 4],
            "village_th": ["ดงเปาลี", "บ้านป่าแดด"],
            "subdistrict_code": ["580101", "580101"],
        },
        geometry=[shapely.Point(*degrees(x, 4_000)) for x in (3_000, 9_000)],
        crs=4326,
    )


def ground(**changes):
    made = {
        "subdistricts": subdistricts(),
        "villages": villages(),
        "metric_crs": UTM,
        "tolerance_m": 2_000,
        "area_code": "58010000",
    }
    return Ground(**(made | changes))


def register_of(*schools, table=0):
    """Schools given as (code, subdistrict, lat, lon[, village number[, district]])."""
    rows = [(*school, None, "")[: max(6, len(school))] for school in schools]
    rows = [row if len(row) == 6 else (*row, "")[:6] for row in rows]
    return pd.DataFrame(
        {
            "smis_code": [row[0] for row in rows],
            "school_name_th": [f"บ้าน{row[0]}" for row in rows],
            "subdistrict": [row[1] for row in rows],
            "district": [row[5] or DISTRICTS.get(CODES.get(row[1], "")[:4], "") for row in rows],
            "subdistrict_code": [CODES.get(row[1], "") for row in rows],
            "lat": [str(row[2]) for row in rows],
            "lon": [str(row[3]) for row in rows],
            "village_no": [row[4] for row in rows],
            "table": table,
            "row": range(1, len(rows) + 1),
        }
    )


def table_of(register, file="ทะเบียน.xlsx"):
    """The sheet that a register was read from: a header and a row per school."""
    columns = ["smis_code", "lat", "lon"]
    cells = [columns, *register[columns].to_numpy().tolist()]
    return FormTable(
        form="register",
        sheet=Sheet(file, "s", cells),
        frame=pd.DataFrame(cells[1:], columns=columns, index=range(1, len(cells))),
        places={column: place for place, column in enumerate(columns)},
        headings={"smis_code": "รหัส", "lat": "ละติจูด", "lon": "ลองจิจูด"},
    )


def place(*schools, on=None, **options):
    """Place schools; return the places and the problems as {school: {kind: problem}}."""
    register = register_of(*schools)
    places, problems = place_schools(register, on or ground(), [table_of(register)], **options)
    found = {}
    for problem in problems:
        found.setdefault(problem.key, {})[problem.kind] = problem
    return places, found

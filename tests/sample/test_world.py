import hashlib
import subprocess
import sys
from functools import cache

import geopandas as gpd
import numpy as np
import pytest
import shapely

from gisapp.sample.world.around import with_surroundings
from gisapp.sample.world.make import World, make_world, write_world
from gisapp.sample.world.places import HIGH_M, PEOPLE

SEED = 68


@cache
def the_world() -> World:
    return make_world(SEED)


@pytest.fixture
def world():
    return the_world()


def metric(rows: gpd.GeoDataFrame, world: World) -> gpd.GeoSeries:
    return rows.geometry.to_crs(world.crs)


def heights_at(world: World, xy: np.ndarray) -> np.ndarray:
    column = ((xy[:, 0] - world.west) // world.cell_m).astype(int)
    row = ((world.north - xy[:, 1]) // world.cell_m).astype(int)
    rows, columns = world.elevation_m.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    return world.elevation_m[row[inside], column[inside]]


def test_the_ground_runs_from_30_to_2500_metres_exactly(world):
    assert world.elevation_m.dtype == np.float32
    assert world.elevation_m.min() == 30
    assert world.elevation_m.max() == 2500
    assert np.array_equal(world.elevation_m, np.rint(world.elevation_m))


def test_the_office_is_about_as_large_as_a_mountain_province(world):
    west, south, east, north = metric(world.districts, world).total_bounds
    assert 75_000 < east - west < 115_000
    assert 75_000 < north - south < 115_000
    rows, columns = world.elevation_m.shape
    margin = 5_000
    assert world.west + margin < west
    assert east < world.west + columns * world.cell_m - margin
    assert world.north - rows * world.cell_m + margin < south
    assert north < world.north - margin


def test_rivers_never_run_uphill(world):
    worst = []
    for line in metric(world.rivers, world):
        steps = np.arange(0, line.length, 25)
        z = heights_at(world, shapely.get_coordinates(line.interpolate(steps)))
        worst.append(float(np.max(z - np.minimum.accumulate(z), initial=0)))
    # Whole metres, and coordinates of six digits: a sample may graze a bank by one.
    assert np.mean(np.array(worst) == 0) > 0.98
    assert max(worst) <= 2


def test_a_tributary_ends_on_the_water_it_joins(world):
    rivers = world.rivers
    lines = metric(rivers, world).to_numpy()
    lake = metric(world.lakes, world).iloc[0].buffer(2 * world.cell_m)
    tree = shapely.STRtree(lines)
    shown = shapely.box(*_bounds(world)).buffer(-2 * world.cell_m)
    ends = 0
    for number, line in enumerate(lines):
        mouth = shapely.Point(line.coords[-1])
        if not shown.contains(mouth) or lake.contains(mouth):
            continue
        near = [other for other in tree.query(mouth.buffer(1)) if other != number]
        assert any(lines[other].distance(mouth) < 1 for other in near)
        ends += 1
    assert ends > 150


def _bounds(world: World) -> tuple[float, float, float, float]:
    rows, columns = world.elevation_m.shape
    return (
        world.west,
        world.north - rows * world.cell_m,
        world.west + columns * world.cell_m,
        world.north,
    )


def test_subdistricts_tile_the_office_exactly(world):
    areas = world.subdistricts.geometry.to_numpy()
    assert len(areas) == 25
    assert world.subdistricts.geometry.is_valid.all()
    assert shapely.coverage_is_valid(areas)
    assert all(len(shapely.get_parts(area)) == 1 for area in areas)


def test_districts_are_exactly_their_subdistricts(world):
    assert world.districts["district_code"].tolist() == ["9901", "9902", "9903", "9904", "9905"]
    assert shapely.coverage_is_valid(world.districts.geometry.to_numpy())
    for code, area in zip(world.districts["district_code"], world.districts.geometry, strict=True):
        parts = world.subdistricts.geometry[world.subdistricts["district_code"] == code]
        assert area.area == pytest.approx(sum(part.area for part in parts), rel=1e-12)
        corners = {tuple(xy) for xy in shapely.get_coordinates(area)}
        assert corners <= {tuple(xy) for xy in shapely.get_coordinates(parts)}


def test_codes_follow_the_rule_and_say_where_they_belong(world):
    subdistricts, villages = world.subdistricts, world.villages
    assert subdistricts["subdistrict_code"].is_unique
    assert subdistricts["subdistrict_th"].is_unique
    assert (subdistricts["subdistrict_code"].str[:4] == subdistricts["district_code"]).all()
    assert villages["village_code"].str.fullmatch(r"99\d{6}").all()
    assert villages["village_code"].is_unique
    number = villages["village_no"].map("{:02d}".format)
    assert (villages["village_code"] == villages["subdistrict_code"] + number).all()
    for _, numbers in villages.groupby("subdistrict_code")["village_no"]:
        assert numbers.tolist() == list(range(1, len(numbers) + 1))


def test_every_village_lies_in_its_own_subdistrict(world):
    assert 380 <= len(world.villages) <= 420
    area = world.subdistricts.set_index("subdistrict_code").geometry
    own = area[world.villages["subdistrict_code"]].to_numpy()
    points = world.villages.geometry.to_numpy()
    assert shapely.contains(own, points).all()
    # far enough from the border that a rounded coordinate does not move it out
    margin = shapely.distance(points, shapely.boundary(own))
    assert margin.min() > 0.001


def test_hamlets_stand_high_and_towns_low(world):
    villages = world.villages.set_index("village_code")
    assert 25 <= (villages["elevation_m"] > HIGH_M).sum() <= 60
    towns = villages.loc[list(world.town.values())]
    assert (towns["elevation_m"] < 600).all()
    assert towns["district_code"].tolist() == list(world.town)


def test_some_villages_share_a_name_as_in_reality_but_not_within_a_subdistrict(world):
    villages = world.villages
    assert 2 <= villages["village_th"].duplicated().sum() <= 20
    assert not villages.duplicated(["subdistrict_code", "village_th"]).any()
    assert villages["village_th"].str.startswith("บ้าน").all()
    assert villages["village_en"].str.startswith("Ban ").all()


def test_people_add_up_and_live_on_ground_that_bears_them(world):
    people = world.people
    assert world.villages["people"].sum() == PEOPLE
    assert np.nansum(people, dtype=float) == pytest.approx(PEOPLE, rel=1e-5)
    assert np.nanmin(people) == 0
    block = int(world.population_cell_m / world.cell_m)
    rows, columns = people.shape
    z = world.elevation_m.reshape(rows, block, columns, block).mean(axis=(1, 3))
    assert people[np.nan_to_num(people) > 0].size > 1_000
    assert z[np.nan_to_num(people) > 0].max() < 2_000
    row, column = np.nonzero(np.nan_to_num(people) > 0)
    x = world.west + (column + 0.5) * world.population_cell_m
    y = world.north - (row + 0.5) * world.population_cell_m
    lake = metric(world.lakes, world).iloc[0]
    wet = shapely.contains_xy(lake.buffer(-world.population_cell_m), x, y)
    assert people[row, column][wet].sum() == 0


def test_people_by_subdistrict_agree_with_their_villages(world):
    row, column = np.nonzero(np.nan_to_num(world.people) > 0)
    x = world.west + (column + 0.5) * world.population_cell_m
    y = world.north - (row + 0.5) * world.population_cell_m
    areas = world.subdistricts.to_crs(world.crs).set_index("subdistrict_code").geometry
    counted = {
        code: float(world.people[row, column][shapely.contains_xy(area, x, y)].sum())
        for code, area in areas.items()
    }
    registered = world.villages.groupby("subdistrict_code")["people"].sum()
    for code, people in registered.items():
        assert counted[code] == pytest.approx(people, rel=0.02)


def test_one_village_stands_on_an_island_of_the_reservoir(world):
    islanders = world.villages[world.villages["on_island"]]
    assert len(islanders) == 1
    lake = metric(world.lakes, world).iloc[0]
    point = metric(islanders, world).iloc[0]
    rings = [shapely.Polygon(ring) for part in lake.geoms for ring in part.interiors]
    assert any(island.contains(point) for island in rings)
    assert not lake.contains(point)
    middle = lake.buffer(-300).representative_point()
    level = heights_at(world, np.array(middle.coords))[0]
    assert islanders["elevation_m"].iloc[0] > level + 2
    island = next(island for island in rings if island.contains(point))
    assert not metric(world.rivers, world).intersects(island.buffer(-world.cell_m)).any()


def test_no_road_reaches_the_island_or_crosses_the_reservoir(world):
    roads = metric(world.roads, world)
    lake = metric(world.lakes, world).iloc[0]
    point = metric(world.villages[world.villages["on_island"]], world).iloc[0]
    assert roads.distance(point).min() > 600
    assert not roads.intersects(lake).any()
    assert world.villages["road_km"].isna().tolist() == world.villages["on_island"].tolist()


def test_every_other_village_is_on_the_road_and_all_roads_hang_together(world):
    roads = metric(world.roads, world).to_numpy()
    by_land = world.villages[~world.villages["on_island"]]
    points = metric(by_land, world).to_numpy()
    away = shapely.STRtree(roads).query_nearest(points, return_distance=True)[1]
    assert away.max() < 2.2 * world.cell_m
    ends: dict[tuple[float, float], int] = {}
    parent = list(range(len(roads)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for number, line in enumerate(world.roads.geometry):
        for end in (line.coords[0], line.coords[-1]):
            parent[root(number)] = root(ends.setdefault(end, number))
    assert len({root(number) for number in range(len(roads))}) == 1


def test_a_way_by_road_is_never_shorter_than_the_straight_line(world):
    villages = world.villages.assign(place=metric(world.villages, world).to_numpy())
    town = villages.set_index("village_code")["place"]
    straight = [
        place.distance(town[world.town[code]]) / 1000
        for place, code in zip(villages["place"], villages["district_code"], strict=True)
    ]
    by_land = ~villages["on_island"]
    # The road graph measures from cell to cell: half a node of 300 m at both ends.
    assert (villages["road_km"][by_land] > np.array(straight)[by_land] - 0.5).all()
    assert villages["road_km"].max() < 250


def test_the_hall_stands_in_the_provincial_town(world):
    town = world.subdistricts.geometry[world.subdistricts["subdistrict_code"] == "990101"].iloc[0]
    assert town.contains(shapely.Point(world.hall))
    assert 98.5 < world.hall[0] < 100.5
    assert 18.5 < world.hall[1] < 20.5


def test_the_hills_go_on_beyond_the_office(world):
    """As far as a screen of 16:9 and the map on a phone, 9:14, look that show the whole office."""
    heights, rows, columns = with_surroundings(world.elevation_m, world.cell_m)
    assert (heights[rows:-rows, columns:-columns] == world.elevation_m).all()
    assert heights.min() >= world.elevation_m.min()
    assert heights.max() <= world.elevation_m.max()
    west, south, east, north = world.districts.to_crs(world.crs).total_bounds
    # Between two steps of zoom a view is up to 2^0.25 wider; the frame leaves 28 px around.
    across, up = (1.19 * 1.1 * side for side in (east - west, north - south))
    middle = ((west + east) / 2, (south + north) / 2)
    for wide, high in ((across, across * 14 / 9), (up * 16 / 9, up)):
        assert middle[0] - wide / 2 > world.west - columns * world.cell_m
        assert middle[1] + high / 2 < world.north + rows * world.cell_m
        assert middle[1] - high / 2 > (world.north - (heights.shape[0] - rows) * world.cell_m)
    # No step where the given ground ends: neighbours differ there as they do inside.
    inside = np.abs(np.diff(world.elevation_m, axis=0)).mean()
    edge = np.abs(heights[rows - 1] - heights[rows])[columns:-columns].mean()
    assert edge < 2 * inside
    # And no mirror: ten kilometres out the ground is another one.
    out = round(10_000 / world.cell_m)
    north_of, south_of = heights[rows - out], heights[rows + out]
    assert np.abs(north_of - south_of)[columns:-columns].mean() > 20


def test_two_processes_write_the_same_bytes(tmp_path, world):
    write_world(world, tmp_path / "one")
    program = (
        "import sys; from pathlib import Path; from gisapp.sample.world.make import make_world, "
        "write_world; write_world(make_world(int(sys.argv[1])), Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(SEED), str(tmp_path / "two")], check=True, timeout=120
    )
    one, two = ({p.name: p for p in (tmp_path / at).rglob("*.*")} for at in ("one", "two"))
    assert sorted(one) == [
        "dem.tif", "districts.gpkg", "population.tif", "roads.gpkg", "subdistricts.gpkg",
        "villages.gpkg", "water.gpkg",
    ]  # fmt: skip
    for name in one:
        assert _digest(one[name]) == _digest(two[name]), name
    assert one["dem.tif"].stat().st_size < 3e6


def _digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

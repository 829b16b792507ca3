"""The pages on real names: every school of two real offices, as a reader meets it."""

import html
import json

import geopandas as gpd
import pytest

from gisapp.settings import Settings
from gisapp.web import create_app
from tests.office import ROUND, run
from tests.web.conftest import Client


@pytest.fixture(scope="module", params=["maehongson1", "nakhonpathom"])
def real(request):
    """Client of a real office's service, and its schools."""
    if request.param == "nakhonpathom":
        folder = request.getfixturevalue("nakhonpathom")[0].folder
    else:
        folder = request.getfixturevalue("maehongson")(ROUND, rounds=(ROUND,))
        built = run("--office", str(folder), "build", ROUND)
        assert built.exit_code == 0, built.output
    app = create_app(Settings.load(folder))
    app.testing = True
    app.test_client_class = Client
    return app.test_client(), gpd.read_file(folder / "layers" / f"{ROUND}.gpkg", layer="schools")


def test_every_school_has_its_page_and_its_card_with_its_name(real):
    client, schools = real
    for school in schools.itertuples():
        for path in (f"/schools/{school.smis_code}", f"/schools/{school.smis_code}/card"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert school.school_name_th in html.unescape(answer.text)


def test_the_map_holds_every_school_that_has_a_place(real):
    client, schools = real
    assert client.get("/").status_code == 200
    points = json.loads(client.get(f"/points/{ROUND}.json").data)
    placed = schools[~(schools.geometry.isna() | schools.geometry.is_empty)]
    assert points["code"] == sorted(placed["smis_code"])
    stand_ins = set(placed.loc[placed["location_quality"] == "subdistrict", "smis_code"])
    marked = {c for c, m in zip(points["code"], points["marks"], strict=True) if m & 1}
    assert marked == stand_ins


def test_every_school_is_found_by_its_own_name(real):
    client, schools = real
    for school in schools.itertuples():
        found = json.loads(client.get("/search", query_string={"q": school.school_name_th}).data)
        named = [hit["code"] for hit in found["schools"]]
        same = schools.loc[schools["school_name_th"] == school.school_name_th, "smis_code"]
        assert school.smis_code in named or len(same) > len(named), school.school_name_th


@pytest.mark.parametrize("path", ["/", "/schools", "/overview", "/schools.csv", "/schools.xlsx"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_on_real_data(real, path, language):
    client, _schools = real
    assert client.get(f"{path}?lang={language}").status_code == 200

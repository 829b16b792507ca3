"""What the slider answers from: the same figures as the page's, for every question at once."""

import contextlib
import json
import re
import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as times
from hypothesis import strategies as st

from gisapp.core.coverage.reckoning.shown import shown_number
from gisapp.store.published_coverage import UnitFigures
from gisapp.web.coverage.units import answer
from tests.coverage_layers import MIDDLE, REACHES, WEST
from tests.web.coverage_office import by_hand, client_of, counters, rows


@pytest.fixture(scope="module")
def settings(web_office, tmp_path_factory):
    return by_hand(web_office, tmp_path_factory.mktemp("bands") / "office")


@pytest.fixture(scope="module")
def client(settings):
    return client_of(settings)


def bands_of(client, **asked):
    answer = client.get("/coverage/2568-1.json", query_string=asked)
    assert answer.status_code == 200
    return json.loads(answer.text)


def written(value, decimals=0, suffix=""):
    return "–" if value is None else f"{value:,.{decimals}f}{suffix}"


PEOPLE = ("uncovered", "uncovered_least", "uncovered_most")


def people(told):
    """Children out of reach as the page writes them: known, or between which numbers they lie."""
    known, least, most = (told[name] for name in PEOPLE)
    return written(known) if known is not None or least is None else f"{least:,}–{most:,}"


@pytest.mark.parametrize("unit", ["zone", "district"])
def test_every_answer_is_that_of_the_page(client, unit):
    told = bands_of(client, unit=unit)
    assert told["reaches"] == list(REACHES)
    assert told["own"] == 2
    for whose in told["affiliations"]:
        own, office = told["bands"][whose], told["office"][whose]
        for place, reach in enumerate(told["reaches"]):
            page = client.get(
                f"/coverage?unit={unit}&affiliations={whose}&reach={reach:g}&rows=all"
            ).text
            shown = rows(page)
            assert set(shown) == set(told["ids"])
            for at, key in enumerate(told["ids"]):
                rate, least, most = (
                    own[name][place][at] for name in ("rate", "at_least", "at_most")
                )
                within = {name: values[place][at] for name, values in own.items() if name in PEOPLE}
                assert shown[key] == [
                    told["names"][at],
                    written(told["population"][at]),
                    people(within),
                    written(rate, 1, "%")
                    if rate is not None
                    else f"{least:.1f}–{most:.1f}% ยังไม่ทราบแน่",
                    written(own["enrolled"][at]),
                    written(own["ger"][at], 1, "%"),
                ]
            assert counters(page)["below"][0] == written(office["below"][place])
            within = {name: values[place] for name, values in office.items() if name in PEOPLE}
            assert counters(page)["uncovered"][0] == people(within)
            assert counters(page)["enrolled"][0] == written(office["enrolled"])


@pytest.mark.parametrize("measure", ["rate", "uncovered", "ger", "gir", "population", "enrolled"])
def test_classes_count_as_the_legend_does(client, measure):
    told = bands_of(client)
    for place, reach in enumerate(told["reaches"]):
        page = client.get(f"/coverage?measure={measure}&reach={reach:g}").text
        config = json.loads(re.search(r'id="coverage-config"[^>]*>(.*?)</script>', page, re.S)[1])
        names = [row["name"] for row in config["measures"][measure]["classes"]]
        column = told["classes"]["own"][measure]
        column = column[place] if config["measures"][measure]["by_reach"] else column
        known = [at for at, is_named in zip(column, told["named"], strict=True) if is_named]
        for at, name in enumerate(names):
            count = re.search(rf'data-class="{name}">.*?<span class="c num">(\d+)', page, re.S)[1]
            assert int(count) == known.count(at)


def test_names_in_order_are_all_named_units_once(client):
    told = bands_of(client)
    assert sorted(told["order_by_name"]) == [
        n for n, is_named in enumerate(told["named"]) if is_named
    ]
    page = client.get("/coverage?sort=name").text
    assert [key for key in rows(page) if key] == [told["ids"][n] for n in told["order_by_name"]]


def test_a_row_of_nobody_stands_last_and_is_no_unit(client):
    told = bands_of(client)
    assert told["ids"] == [WEST, MIDDLE, ""]
    assert told["named"] == [1, 1, 0]
    assert told["office"]["own"]["units"] == 2


def test_a_browser_that_holds_the_answer_is_told_so(client):
    first = client.get("/coverage/2568-1.json?level=primary")
    again = client.get(
        "/coverage/2568-1.json?level=primary", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    other = client.get("/coverage/2568-1.json?level=lower_secondary")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_another_table_of_classes_answers_anew(web_office, tmp_path):
    settings = by_hand(web_office, tmp_path / "office")
    client = client_of(settings)
    before = client.get("/coverage/2568-1.json")
    settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    lines = [
        "view,class,least,below,source,verified",
        "rate,low,,80,ทดสอบ,no",
        "rate,high,80,,ทดสอบ,no",
    ]
    lines += [f"{view},1,,,ทดสอบ,no" for view in ("uncovered", "ger", "people")]
    (settings.criteria_dir / "coverage_classes.csv").write_text("\n".join(lines), "utf-8")
    after = client.get("/coverage/2568-1.json")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert set(json.loads(after.text)["classes"]["own"]["rate"][2]) <= {0, 1, None}
    assert counters(client.get("/coverage").text)["below"][0] == "2"
    assert "80%" in client.get("/coverage").text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rate,1,50,70,x,no", "บรรทัด 2"),
        ("luck,1,,,x,no", "luck"),
        ("rate,1,,,x,no", "uncovered"),
        ("rate,1,,fifty,x,no", "บรรทัด 2"),
    ],
)
def test_a_table_of_classes_that_cannot_be_used_is_said(web_office, tmp_path, line, said):
    settings = by_hand(web_office, tmp_path / "office")
    settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    table = settings.criteria_dir / "coverage_classes.csv"
    table.write_text(f"view,class,least,below,source,verified\n{line}\n", "utf-8")
    answer = client_of(settings).get("/coverage")
    assert answer.status_code == 503
    assert "coverage_classes.csv" in answer.text
    assert said in answer.text


def test_units_of_one_name_are_told_apart(web_office, tmp_path):
    settings = by_hand(web_office, tmp_path / "office")
    with contextlib.closing(sqlite3.connect(settings.layer_file("2568-1"))) as database:
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0.0)
        database.execute("UPDATE schools SET school_name_th = 'บ้านซ้ำ'")
        database.commit()
    names = bands_of(client_of(settings))["names"]
    assert names[:2] == [f"บ้านซ้ำ ({WEST})", f"บ้านซ้ำ ({MIDDLE})"]


children = st.lists(st.floats(0, 500), min_size=1, max_size=12)


@times(derandomize=True)
@given(children, st.data())
def test_shown_children_add_up_whatever_the_fractions(people, data):
    exact = np.array(people)
    share = np.array(
        data.draw(st.lists(st.floats(0, 1), min_size=len(people), max_size=len(people)))
    )
    units = _units(exact, exact * (1 - share))
    office = _units(np.array([exact.sum()]), np.array([(exact * (1 - share)).sum()]))
    shown = answer(units, "own", 3.0, office)
    assert shown.population.sum() == shown_number(exact.sum())
    assert (shown.covered + shown.uncovered == shown.population).all()
    assert (shown.covered >= 0).all()
    assert (shown.uncovered >= 0).all()
    assert (np.abs(shown.population - exact) < 1).all()
    assert (np.abs(shown.uncovered - exact * (1 - share)) < 1 + 1e-6).all()


def _units(people, outside):
    """Units with children and those of them who are out of reach, for one question."""
    figures = {"population": people, "uncovered_population": outside}
    cubes = {name: values.reshape(-1, 1, 1) for name, values in figures.items()}
    keys = tuple(str(place) for place in range(len(people)))
    return UnitFigures(keys, {}, (3.0,), ("own",), cubes)

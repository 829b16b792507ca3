import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.match import SchoolKeys
from gisapp.core.service_areas import read_service_villages

KEYS = SchoolKeys.of(
    pd.DataFrame(
        {
            "smis_code": ["58010001", "58010002"],
            "ministry_code": "",
            "percode": "",
            "school_name_th": ["ก", "ข"],
        }
    )
)
SUBDISTRICTS = gpd.GeoDataFrame(
    {"subdistrict_code": ["580101"], "subdistrict_th": ["จองคำ"], "district_th": ["เมือง"]},
    geometry=[shapely.box(97, 19, 98, 20)],
    crs=4326,
)
VILLAGES = gpd.GeoDataFrame(
    {
        "village_code": ["58010101", "58010102"],
        "village_no": [1, 2],
        "village_th": ["บ้านเหนือ", "บ้านใต้"],
        "subdistrict_code": "580101",
    },
    geometry=gpd.points_from_xy([97.5, 97.6], [19.5, 19.6]),
    crs=4326,
)
HEAD = ["รหัสโรงเรียน", "ระดับ", "รหัสหมู่บ้าน", "หมู่ที่", "ชื่อหมู่บ้าน", "ตำบล", "อำเภอ", "สัดส่วน"]


@pytest.fixture
def read(read_table, headings):
    def read(*rows, villages=VILLAGES):
        return read_service_villages(
            [read_table(HEAD, *rows)], KEYS, headings, SUBDISTRICTS, villages
        )

    return read


@pytest.mark.parametrize(
    "village",
    [
        ["58010102", "", "", "", ""],
        ["", 2, "", "จองคำ", "เมือง"],
        ["", "", "บ้านใต้", "ต.จองคำ", ""],
    ],
)
def test_a_village_is_found_by_code_by_number_or_by_name(read, village):
    rows, problems = read(["58010001", "ป.1", *village, ""])
    assert problems == []
    assert rows["village_code"].tolist() == ["58010102"]
    assert rows["education_level"].tolist() == ["primary"]


def test_a_village_of_another_level_is_another_row(read):
    rows, _ = read(
        ["58010001", "ประถม", "58010101", "", "", "", "", ""],
        ["58010002", "ม.1", "58010101", "", "", "", "", ""],
    )
    assert rows["education_level"].tolist() == ["primary", "lower_secondary"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["58019999", "ป.1", "58010101", "", "", "", "", ""], "village_unmatched"),
        (["58010001", "อุดม", "58010101", "", "", "", "", ""], "unknown_level"),
        (["58010001", "ป.1", "58019999", "", "", "", "", ""], "unknown_village"),
        (["58010001", "ป.1", "58010101", "", "", "", "", "ครึ่ง"], "number_ignored"),
        (["58010001", "ป.1", "58010101", "", "", "", "", 0.4], "share_sum"),
    ],
)
def test_each_doubtful_row_is_one_problem(read, row, kind):
    assert [problem.kind for problem in read(row)[1]] == [kind]


def test_a_shared_village_must_add_up_to_one(read):
    half = ["58010001", "ป.1", "58010101", "", "", "", "", 0.5]
    assert read(half, ["58010002", *half[1:]])[1] == []
    assert read(half, ["58010002", *half[1:7], ""])[1] == []
    wrong = read(half, ["58010002", *half[1:7], 0.6])[1]
    assert [(p.kind, p.value) for p in wrong] == [("share_sum", "1.1")]


def test_without_a_list_of_villages_codes_are_kept_as_written(read):
    rows, problems = read(
        ["58010001", "ป.1", "58010155", "", "", "", "", ""], villages=VILLAGES.iloc[:0]
    )
    assert problems == []
    assert rows["village_code"].tolist() == ["58010155"]
    assert rows["subdistrict_code"].tolist() == ["580101"]

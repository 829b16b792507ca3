import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.areas import AreaNames, area_key, locate_register, plain_area_code

#: (code, subdistrict, its English name, district, province): บ้านใหม่ stands three times.
AREAS = [
    ("500101", "บ้านใหม่", "Ban Mai", "เมือง", "เชียงใหม่"),
    ("500201", "บ้านใหม่", "Ban Mai Nuea", "แม่ริม", "เชียงใหม่"),
    ("510101", "บ้านใหม่", "Ban Mai Tai", "เมือง", "ลำพูน"),
    ("510102", "สมอโคน", "Samo Khon", "เมือง", "ลำพูน"),
]


def areas(rows=AREAS):
    columns = ["subdistrict_code", "subdistrict_th", "subdistrict_en", "district_th", "province_th"]
    frame = pd.DataFrame(rows, columns=columns).assign(district_en="")
    return gpd.GeoDataFrame(frame, geometry=[shapely.box(0, 0, 1, 1)] * len(rows), crs=4326)


def rows(*cells):
    return pd.DataFrame(
        list(cells), columns=["subdistrict", "district", "province", "subdistrict_code"]
    )


def found(*cells, spellings=None):
    return AreaNames.of(areas(), spellings or {}).codes_of(rows(*cells)).tolist()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("สมอโคน", "", ""), "510102"),
        (("ต.สมอโคน", "อ.เมือง", "จ.ลำพูน"), "510102"),
        (("ตำบล สมอ\u200bโคน ", "", ""), "510102"),
        (("สมอโคน}", "", ""), "510102"),
        (("สมอโคน (เดิมบ้านโคน)", "", ""), "510102"),
        (("samo khon", "", ""), "510102"),
        (("บ้านใหม่", "", ""), ""),
        (("บ้านใหม่", "แม่ริม", ""), "500201"),
        (("บ้านใหม่", "เมือง", ""), ""),
        (("บ้านใหม่", "เมือง", "ลำพูน"), "510101"),
        (("บ้านใหม่", "", "ลำพูน"), "510101"),
        (("สมอโคน", "แม่ริม", ""), ""),
        (("สมอโคน", "", "เชียงใหม่"), ""),
        (("สมอโดน", "", ""), ""),
        (("", "", ""), ""),
    ],
)
def test_a_name_means_the_one_subdistrict_that_fits_all_that_is_written(written, code):
    assert found((*written, "")) == [code]


def test_a_code_of_the_office_counts_before_the_name_and_another_one_does_not():
    assert found(("บ้านใหม่", "แม่ริม", "", "TH510102")) == ["510102"]
    assert found(("บ้านใหม่", "แม่ริม", "", "999999")) == ["500201"]


def test_a_known_spelling_is_a_line_in_a_table_in_either_direction():
    taught = {"สมอโดน": "สมอโคน"}
    assert found(("สมอโดน", "", "", ""), spellings=taught) == ["510102"]
    cut = areas([("510102", "สมอโค", "", "เมือง", "ลำพูน")])
    names = AreaNames.of(cut, {"สมอโค": "สมอโคน"})
    assert names.find(rows(("สมอโคน", "เมือง", "ลำพูน", ""))).tolist() == ["510102"]


def test_a_province_that_the_boundaries_do_not_know_is_no_hindrance():
    bare = areas().assign(province_th=None)
    assert AreaNames.of(bare, {}).find(rows(("สมอโคน", "เมือง", "ลำพูน", ""))).tolist() == ["510102"]


def test_only_thailands_letters_are_taken_off_a_code():
    assert plain_area_code("TH580101") == "580101"
    assert [plain_area_code(code) for code in ("LA0101", "KH0101", "THA")] == [
        "LA0101",
        "KH0101",
        "THA",
    ]


def test_the_official_name_is_shown_in_full_where_the_boundaries_cut_it(read_table):
    table = read_table(
        ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด"], ["51010001", "ก", "สมอโคน", ""]
    )
    register = rows(("สมอโคน", "", "", "")).assign(smis_code="51010001", table=0, row=1)
    cut = areas([("510102", "สมอโค", "", "เมือง", "ลำพูน")])
    located, problems = locate_register(register, cut, [table], {"สมอโค": "สมอโคน"})
    assert problems == []
    assert located["subdistrict"].tolist() == ["สมอโคน"]


def test_no_names_have_no_key_in_common_with_others():
    assert area_key("อำเภอ") == ""
    assert area_key("ก–ข") == area_key("ก-ข")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("San Jose", "", ""), "1"),
        (("SAN JOSÉ", "", ""), "1"),
        (("Nunoa", "Region Metropolitana", ""), "2"),
        (("Pena", "", ""), ""),  # it may be either of two
        (("Peña", "", ""), "3"),
        (("امدرمان", "", ""), "5"),
    ],
)
def test_accents_count_only_where_they_part_two_areas(written, code):
    chile = areas(
        [
            ("1", "San José", "", "", ""),
            ("2", "Ñuñoa", "", "Región Metropolitana", ""),
            ("3", "Peña", "", "", ""),
            ("4", "Pêna", "", "", ""),
            ("5", "أم درمان", "", "", ""),
        ]
    )
    assert AreaNames.of(chile, {}).codes_of(rows((*written, ""))).tolist() == [code]


def test_the_vowels_of_thai_are_no_accents():
    assert found(("สมอคน", "", "", "")) == [""]


def test_names_are_looked_up_in_the_countrys_language_and_in_english_even_mixed():
    ethiopia = areas([("ET1", "አዲስ ከተማ", "Addis Ketema", "ዞን", "አዲስ አበባ")])
    ethiopia = ethiopia.assign(district_en="Zone", province_en="Addis Ababa")
    cells = [
        ("አዲስ ከተማ", "ዞን", "አዲስ አበባ", ""),
        ("Addis Ketema", "Zone", "Addis Ababa", ""),
        ("አዲስ ከተማ", "Zone", "Addis Ababa", ""),
        ("Addis Ketema", "", "Oromia", ""),
    ]
    assert AreaNames.of(ethiopia, {}).codes_of(rows(*cells)).tolist() == ["ET1"] * 3 + [""]


def test_a_code_in_other_capital_letters_is_found_unless_two_codes_differ_only_by_them():
    kenya = areas([(code, name, "", "", "") for code, name in (("KE01a", "x"), ("KE02", "y"))])
    asked = rows(("", "", "", "ke02"), ("", "", "", "KE01A"), ("", "", "", "KE03"))
    assert AreaNames.of(kenya, {}).codes_of(asked).tolist() == ["KE02", "KE01a", ""]
    twins = areas([(code, name, "", "", "") for code, name in (("KE1a", "x"), ("KE1A", "y"))])
    asked = rows(("", "", "", "KE1a"), ("", "", "", "KE1A"), ("", "", "", "ke1a"))
    assert AreaNames.of(twins, {}).codes_of(asked).tolist() == ["KE1a", "KE1A", ""]

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.profile_rows import District, School, ServiceVillage, Subdistrict, Village
from gisapp.core.search import Found, SearchIndex, find
from gisapp.core.search_places import places_of
from gisapp.core.spelling import heard_as, part_written, spell, spell_place, spell_words

SCHOOLS = (
    School(
        "99010001",
        "1099070101",
        "070101",
        "บ้านห้วยหมอก",
        "Ban Huai Mok School",
        school_network="เครือข่ายดาว",
        district="เมืองดาว",
        subdistrict="แม่เมฆ",
        subdistrict_code="990101",
        village_no=3,
    ),
    School(
        "99010002",
        "1099070202",
        "070202",
        "โรงเรียนแม่เมฆวิทยา",
        "Mae Mek Witthaya School",
        school_network="เครือข่ายดาว",
        district="เมืองดาว",
        subdistrict="แม่เมฆ",
        subdistrict_code="990101",
        village_no=1,
    ),
    School(
        "99020003",
        "1099070303",
        "070303",
        "วัดทรายขาว (ราษฎร์บำรุง)",
        "Wat Sai Khao School",
        district="ธารลม",
        subdistrict="แม่เมฆน้อย",
        subdistrict_code="990201",
    ),
    School("99020004", school_name_th="บ้านข้าวใหม่", district="ธารลม", subdistrict_code="990201"),
    School("99020005", school_name_th="บ้านขาวผ่อง", district="ธารลม", subdistrict="ไร่เดี่ยว"),
    School("99020005-1", school_name_th="อนุบาลน้ำเย็น มิตรภาพที่ ๒๑"),
    School("99030006", school_name_th="<img src=x onerror=alert(1)>"),
    School("99030007", school_name_th="ยาว" * 66),
    School("99030008", school_name_th="مدرسة النور", school_name_en="São José"),
    School("99030009"),
)
SERVED = (
    ServiceVillage("99010001", "primary", None, 3, "ห้วยหมอก", "990101"),
    ServiceVillage("99010001", "primary", None, 4, "บ้านป่าแดง", "990101"),
    ServiceVillage("99010002", "primary", None, 4, "ป่าแดง", "990101"),
    ServiceVillage("99020003", "primary", None, 30, "บ้านป่าแดง", "990201"),
    ServiceVillage("99020003", "primary", None, None, None, "990201"),
)
VILLAGES = (
    Village("99010101", 1, "บ้านแม่เมฆหลวง", "Ban Mae Mek Luang", "990101"),
    Village("99010103", 3, "บ้านห้วยหมอก", "Ban Huai Mok", "990101"),
    Village("99010109", 9, "บ้านไม่มีโรงเรียน", None, "990101"),
)
SUBDISTRICTS = {
    "990101": Subdistrict("990101", "แม่เมฆ", "Mae Mek"),
    "990201": Subdistrict("990201", "แม่เมฆน้อย", "Mae Mek Noi"),
}
DISTRICTS = {"เมืองดาว": District("9901", "เมืองดาว", "Mueang Dao")}
PLACES = places_of(SCHOOLS, SERVED, VILLAGES, SUBDISTRICTS, DISTRICTS)
INDEX = SearchIndex.of(SCHOOLS, PLACES)

HUAI_MOK, MAE_MEK, SAI_KHAO, KHAO_MAI, KHAO_PHONG, NAM_YEN = (
    school.smis_code for school in SCHOOLS[:6]
)


def written(text):
    found = find(INDEX, text)
    assert not found.near
    return found.codes


def near(text):
    found = find(INDEX, text)
    assert found.near
    return found.codes


@pytest.mark.parametrize(
    "text",
    [
        "บ้านห้วยหมอก",
        "ห้วยหมอก",
        "โรงเรียนบ้านห้วยหมอก",
        "รร.บ้านห้วยหมอก",
        "ร.ร.ห้วยหมอก",
        "บ.ห้วยหมอก",
        "บ้าน ห้วย-หมอก",
        "ห้วย\u200bหมอก",
        "หวยหมอก",
        "ห้้วยหมอก",
        "Ban Huai Mok",
        "banhuaimok",
        "HUAI MOK school",
        "99010001",
        "9901-0001",
        "๙๙๐๑๐๐๐๑",
        "1099070101",
        "070101",
    ],
)
def test_a_school_is_first_however_its_name_or_code_is_typed(text):
    assert written(text)[0] == HUAI_MOK


def test_a_name_typed_with_school_and_village_words_finds_the_school_that_has_neither():
    assert written("โรงเรียนบ้านแม่เมฆวิทยา") == (MAE_MEK,)
    assert written("Ban Mae Mek Witthaya") == (MAE_MEK,)


@pytest.mark.parametrize("text", ["น้ำเย็น", "นํ้าเย็น", "น้ําเย็น", "นำเยน", "มิตรภาพที่ 21"])
def test_letters_typed_in_another_way_are_the_same_letters(text):
    assert written(text) == (NAM_YEN,)


def test_marks_that_are_typed_must_be_there_and_others_may_be():
    assert written("ข้าว") == (KHAO_MAI,)
    assert set(written("ขาว")) == {KHAO_MAI, KHAO_PHONG, SAI_KHAO}
    # The tone stands before its vowel, and two เ are typed for แ.
    assert spell("ไร่เด่ียว") == spell("ไร่เดี่ยว")
    assert spell("เเม่เมฆ") == spell("แม่เมฆ")


def test_where_nothing_is_written_so_what_sounds_so_is_near():
    assert near("ซายขาว") == (SAI_KHAO,)
    assert near("ราดบำรุง")[0] == SAI_KHAO
    assert near("ข้าวไหม่") == (KHAO_MAI,)
    assert near("Huay Mok")[0] == HUAI_MOK
    assert near("Mae Mek Wittaya") == (MAE_MEK,)


@pytest.mark.parametrize(
    "text",
    [
        "ห้วยหมก",  # a letter too few
        "ห้วยหมออก",  # too many
        "ห้วยหมอด",  # another
        "ห้วยมหอก",  # two exchanged
        "บ้านห้วนหมิก",  # two slips, and eight letters or more
    ],
)
def test_slips_find_the_name_that_was_meant(text):
    assert near(text)[0] == HUAI_MOK


def test_a_short_text_and_a_code_forgive_no_slip():
    short = SearchIndex.of((School("1", school_name_th="ขาว"), School("2", school_name_th="ขาวดี")))
    assert find(short, "ขยว") == Found()
    assert find(short, "ขยวดี") == Found(("2",), near=True)
    assert find(INDEX, "99010011") == Found()
    assert find(INDEX, "0001") == Found()


def test_a_code_comes_before_names_and_names_before_places():
    schools = (
        School("99010001", school_name_th="ที่ระลึก 99010002"),
        School("99010002", school_name_th="อื่น"),
        School("99010003", school_name_th="ในแม่ลา"),
        School("99010004", school_name_th="แม่ลา"),
        School("99010005", school_name_th="ก", subdistrict_code="1", subdistrict="แม่ลา"),
        School("99010006", school_name_th="ข", district="แม่ลา"),
        School("99010007", school_name_th="ค"),
        School("99010008", school_name_th="แม่ลาน้อย"),
        School("99010009", school_name_th="ง", school_network="แม่ลา"),
    )
    served = [ServiceVillage("99010007", "primary", None, 1, "แม่ลา", "1")]
    index = SearchIndex.of(schools, places_of(schools, served, [], {}, {}))
    assert find(index, "99010002").codes == ("99010002", "99010001")
    found = find(index, "แม่ลา")
    assert [code[-1] for code in found.codes] == list("483759" + "6")
    assert [place.kind for place in found.places] == [
        "village",
        "subdistrict",
        "network",
        "district",
    ]


def test_a_village_is_found_by_name_by_number_and_by_its_subdistrict():
    assert set(written("ป่าแดง")) == {HUAI_MOK, MAE_MEK, SAI_KHAO}
    assert set(written("บ้านป่าแดง")) == {HUAI_MOK, MAE_MEK, SAI_KHAO}
    assert set(written("บ้านป่าแดง หมู่ 4")) == {HUAI_MOK, MAE_MEK}
    assert written("หมู่ 3") == (HUAI_MOK,)
    assert written("ม.30 ต.แม่เมฆน้อย") == (SAI_KHAO,)
    assert set(written("หมู่ที่ 4 ตำบลแม่เมฆ")) == {HUAI_MOK, MAE_MEK}
    assert written("Moo 1 Tambon Mae Mek") == (MAE_MEK,)
    assert find(INDEX, "ไม่มีโรงเรียน").codes == ()


def test_the_word_for_an_area_means_that_area_by_its_whole_name():
    assert set(written("ต.แม่เมฆ")) == {HUAI_MOK, MAE_MEK}
    assert set(written("แม่เมฆ")) == {HUAI_MOK, MAE_MEK, SAI_KHAO, KHAO_MAI}
    assert set(written("อำเภอเมืองดาว")) == set(written("Mueang Dao")) == {HUAI_MOK, MAE_MEK}
    assert set(written("เครือข่ายดาว")) == {HUAI_MOK, MAE_MEK}
    assert written("ต.ไร่เดี่ยว") == (KHAO_PHONG,)


def test_a_village_is_not_found_by_the_subdistrict_it_lies_in():
    served = (*SERVED, ServiceVillage(KHAO_PHONG, "primary", None, 7, "บ้านไกล", "990101"))
    index = SearchIndex.of(SCHOOLS, places_of(SCHOOLS, served, VILLAGES, SUBDISTRICTS, DISTRICTS))
    assert KHAO_PHONG not in find(index, "แม่เมฆ").codes
    assert KHAO_PHONG not in find(index, "ต.แม่เมฆ").codes
    assert find(index, "หมู่ 7 ต.แม่เมฆ").codes == (KHAO_PHONG,)


def test_every_word_of_an_address_must_be_true_of_a_school():
    assert written("ป่าแดง ต.แม่เมฆน้อย") == (SAI_KHAO,)
    assert written("วิทยา อ.เมืองดาว") == (MAE_MEK,)
    assert written("เมืองดาว ห้วยหมอก") == (HUAI_MOK,)
    assert near("ห้วยหมก เมืองดาว") == (HUAI_MOK,)
    assert find(INDEX, "ห้วยหมอก อ.ธารลม").codes == ()
    assert find(INDEX, " ".join("กขคงจฉชซฌ")).codes == ()


def test_of_several_words_the_school_that_bears_one_as_its_name_leads():
    # แสงมิตร is all of the first name, ธารหมอก a part of the third and none of the second.
    schools = (
        School("1", school_name_th="บ้านแสงมิตร", district="ธารหมอก"),
        School("2", school_name_th="บ้านก", district="ธารหมอก", subdistrict="ธารหมอก"),
        School("3", school_name_th="ชุมชนบ้านธารหมอกนอก", district="ธารหมอก"),
    )
    served = tuple(
        ServiceVillage(code, "primary", None, 3, "แสงมิตร", "990101") for code in ("2", "3")
    )
    index = SearchIndex.of(schools, places_of(schools, served, (), {}, {}))
    found = find(index, "แสงมิตร ธารหมอก")
    assert found.codes == ("1", "3", "2")
    village = found.through[0]
    assert (village.kind, village.name_th, village.codes) == ("village", "แสงมิตร", ("2", "3"))


@pytest.mark.parametrize("text", ["<b>", "</b>", "<b></b>", "<i class='ban'>", "<>", "&<!>"])
def test_markup_alone_names_nothing(text):
    assert find(INDEX, text) == Found()


def test_the_address_of_a_place_finds_its_schools_and_no_others():
    tried = [place for place in PLACES if place.kind in ("village", "subdistrict")]
    assert len(tried) == 7
    for place in tried:
        for english in (False, True):
            assert sorted(written(place.address(english=english))) == sorted(place.codes)


def test_a_place_of_two_sheets_is_one_and_holds_each_school_once():
    (red,) = (place for place in PLACES if place.number == 4)
    assert red.codes == (HUAI_MOK, MAE_MEK)
    (mok,) = (place for place in PLACES if place.number == 3)
    assert (mok.name_en, mok.codes) == ("Ban Huai Mok", (HUAI_MOK,))
    # A school that states its subdistrict without a code has a place that no filter can name.
    (plain,) = (place for place in PLACES if place.name_th == "ไร่เดี่ยว")
    assert (plain.key, plain.codes) == ("", (KHAO_PHONG,))


def test_one_letter_must_begin_a_name():
    assert written("ห") == (HUAI_MOK,)
    assert written("ว") == (SAI_KHAO,)
    assert written("9") == ()
    assert written("99") == ()
    assert set(written("9902")) == {SAI_KHAO, KHAO_MAI, KHAO_PHONG, NAM_YEN}


@pytest.mark.parametrize("text", ["", " ", "\u200b", "🎉🎉", "|", "\n\t", "<>", "...", "\x00"])
def test_nothing_typed_finds_nothing(text):
    assert find(INDEX, text) == Found()


@pytest.mark.parametrize(
    "text", ["ก" * 200, "<script>alert(1)</script>", "x" * 9, "مدرسة غير", "(*)[a]\\"]
)
def test_junk_finds_nothing(text):
    assert find(INDEX, text).codes == ()


def test_names_that_are_code_long_or_of_another_script_are_found_as_text():
    assert written("<img src=x") == ("99030006",)
    assert written("ยาว" * 26) == ("99030007",)
    assert written("النور") == ("99030008",)
    assert written("sao jose") == ("99030008",)


def test_the_word_for_a_school_means_every_school():
    assert set(written("โรงเ")) == set(written("school")) == {s.smis_code for s in SCHOOLS}


def test_an_office_without_schools_finds_nothing():
    empty = SearchIndex.of(())
    assert find(empty, "ห้วยหมอก") == find(empty, "ห") == Found()
    nameless = SearchIndex.of((School("1"),))
    assert find(nameless, "ห้วยหมอก") == Found()


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_known_schools_each_once(text):
    found = find(INDEX, text)
    assert set(found.codes) <= {school.smis_code for school in SCHOOLS}
    assert len(set(found.codes)) == len(found.codes)


@given(st.integers(0, 10_000))
def test_any_part_of_a_name_finds_the_school_as_another_way_of_looking_does(seed):
    rng = random.Random(seed)  # noqa: S311 - a test's own dice
    letters = "กขมาเ่้"
    schools = tuple(
        School(str(n), school_name_th="".join(rng.choices(letters, k=rng.randrange(2, 9))))
        for n in range(12)
    )
    index = SearchIndex.of(schools)
    name = spell(rng.choice(schools).school_name_th).text
    first = rng.randrange(len(name))
    text = name[first : first + rng.randrange(2, 6)]
    found = find(index, text)
    holding = {s.smis_code for s in schools if text in spell(s.school_name_th).text}
    if len(spell(text).text) > 1 and spell(text).text == text and holding:
        assert holding <= set(found.codes)


def test_what_is_near_is_no_farther_than_the_slips_forgiven():
    """By another way: the fewest slips between a text and any part of a name, cell by cell."""

    def slips(a, b):
        rows = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): 0 for j in range(-1, len(b))}
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                best = min(rows[i - 1, j - 1] + (x != y), rows[i - 1, j] + 1, rows[i, j - 1] + 1)
                if i and j and x == b[j - 1] and a[i - 1] == y:
                    best = min(best, rows[i - 2, j - 2] + 1)
                rows[i, j] = best
        return min(rows[len(a) - 1, j] for j in range(-1, len(b)))

    rng = random.Random(7)  # noqa: S311 - a test's own dice
    names = ["".join(rng.choices("กขคงมนา", k=rng.randrange(6, 16))) for _ in range(150)]
    index = SearchIndex.of([School(str(n), school_name_th=name) for n, name in enumerate(names)])
    heard = [heard_as(spell(name)).text for name in names]
    tried = 0
    for _ in range(150):
        text = "".join(rng.choices("กขคงมนา", k=8))
        asked = heard_as(spell(text)).text
        away = [slips(asked, name) for name in heard]
        found = find(index, text)
        if not min(away):
            continue
        assert bool(found.codes) == found.near == (min(away) <= 2)
        assert {away[int(code)] for code in found.codes} <= {min(away)}
        tried += found.near
    assert tried > 30


def test_a_name_is_parted_where_the_text_is_written_and_vowels_stay_with_their_letter():
    assert part_written("บ้านห้วยหมอก", "หวยหม") == ("บ้าน", "ห้วยหม", "อก")
    assert part_written("Ban Huai Mok School", "huaim") == ("Ban ", "Huai M", "ok School")
    assert part_written("บ้านสามหมู่", "สามห") == ("บ้าน", "สามห", "มู่")
    assert part_written("แม่มี", "แม่ม") == ("", "แม่มี", "")
    assert part_written("แม่เมฆวิทยา", "บ้านแม่เมฆ") == ("", "แม่เมฆ", "วิทยา")
    assert part_written("แม่เมฆ", "ดาว") == ("", "", "แม่เมฆ")
    assert part_written("แม่เมฆ", "🎉") == ("", "", "แม่เมฆ")
    assert part_written("<b>", "b") == ("<", "b", ">")


def test_a_name_keeps_its_own_letters_where_a_word_before_it_is_part_of_it():
    assert spell("บ้าน").core == 0
    assert spell("โรงเรียน").text == "โรงเรียน"
    assert spell("Bang Kapi").core == 0
    assert spell("Ban Kapi").name == "kapi"
    assert spell("ต.ช.ด.บ้านนา").text == "ตชดบ้านนา"
    assert spell_place("subdistrict", "บ้านแหลม").name == "บ้านแหลม"
    assert spell_place("subdistrict", "ต.บ้านแหลม") == spell_place("subdistrict", "บ้านแหลม")
    assert [word.text for word in spell_words("ห้วยเมฆ หมู่ที่3ต. แม่เมฆ")] == [
        "ห้วยเมฆ",
        "หมู่3|",
        "ต|แม่เมฆ",
    ]

import pytest

from gisapp.core.announcement import parse_villages


def words(text, **place):
    """The villages of a text as people write them."""
    return [village.words for village in parse_villages(text, **place).villages]


@pytest.mark.parametrize(
    ("text", "villages"),
    [
        ("บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง", ["บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง"]),
        ("หมู่ที่ 1 บ้านหัวบึง ตำบลหนองแวง", ["บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง"]),
        ("ม.1 (บ้านหัวบึง) ต.หนองแวง", ["บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง"]),
        ("บ้านหัวบึงหมู่ที่1ตำบลหนองแวงอำเภอเมือง", ["บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง"]),
        ("หมู่ที่ 1 หัวบึง ต.หนองแวง", ["บ้านหัวบึง หมู่ที่ 1 ต.หนองแวง"]),
        ("1.บ้านก ม.1 2.บ้านข ม.2", ["บ้านก หมู่ที่ 1", "บ้านข หมู่ที่ 2"]),
        ("หมู่ที่ ๑ บ้านก หมู่ที่ ๒ บ้านข", ["บ้านก หมู่ที่ 1", "บ้านข หมู่ที่ 2"]),
        ("บ้านก หมู่ 4, หมู่ 6", ["บ้านก หมู่ที่ 4", "หมู่ที่ 6"]),
        ("หมู่ 4 และ บ้านก หมู่ 6", ["หมู่ที่ 4", "บ้านก หมู่ที่ 6"]),
        ("บ้านก บ้านข และบ้านค", ["บ้านก", "บ้านข", "บ้านค"]),
        ("ทุกหมู่บ้าน ต.หน้าเมือง", ["ทุกหมู่บ้าน ต.หน้าเมือง"]),
        ("", []),
    ],
)
def test_a_village_may_be_written_in_many_ways(text, villages):
    found = parse_villages(text)
    assert [village.words for village in found.villages] == villages
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("หมู่ 1,3", [1, 3]),
        ("หมู่ที่ 1-4, 7", [1, 2, 3, 4, 7]),
        ("หมู่ 1 3 และ 5", [1, 3, 5]),
        ("หมู่ที่ 2 ถึง 4", [2, 3, 4]),
        ("หมู่ ๑๒", [12]),
        ("หมู่ที่ 9-7", [9, 7]),
        ("หมู่ 1 หมู่ 2", [1, 2]),
        ("หมู่ที่ 1 - หมู่ที่ 5", [1, 2, 3, 4, 5]),
        ("ม.1-ม.5", [1, 2, 3, 4, 5]),
        ("หมู่ 1 ถึง หมู่ 3", [1, 2, 3]),
        ("หมู่ที่ 1 ถึงหมู่ที่ 5", [1, 2, 3, 4, 5]),
        ("ตั้งแต่หมู่ที่ ๑ จนถึงหมู่ที่ ๓ และหมู่ 7 – หมู่ 8", [1, 2, 3, 7, 8]),
    ],
)
def test_numbers_may_be_listed_and_spanned(text, numbers):
    assert [village.number for village in parse_villages(text).villages] == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("- หมู่ที่ 1 - หมู่ที่ 4", [1, 4]),
        ("หมู่ 1 - หมู่ 4 - หมู่ 7", [1, 4, 7]),
        ("- หมู่ 1-4 - หมู่ 7", [1, 2, 3, 4, 7]),
    ],
)
def test_dashes_before_the_lines_of_a_list_make_no_range(text, numbers):
    assert [village.number for village in parse_villages(text).villages] == numbers


@pytest.mark.parametrize(
    ("text", "villages"),
    [
        ("ทุกหมู่บ้าน ยกเว้น หมู่ที่ 3", ["ทุกหมู่บ้าน", "ยกเว้น หมู่ที่ 3"]),
        (
            "ทุกหมู่บ้าน (ยกเว้นหมู่ที่ ๓) ต.ก",
            ["ทุกหมู่บ้าน ต.ก", "ยกเว้น หมู่ที่ 3 ต.ก"],
        ),
        (
            "ต.ก หมู่ 1-2 ไม่รวม บ้านข หมู่ 2",
            ["หมู่ที่ 1 ต.ก", "หมู่ที่ 2 ต.ก", "ยกเว้น บ้านข หมู่ที่ 2 ต.ก"],
        ),
        ("บ้านกยกเว้นบ้านข", ["บ้านก", "ยกเว้น บ้านข"]),
    ],
)
def test_villages_after_an_exception_are_taken_out(text, villages):
    assert words(text) == villages


@pytest.mark.parametrize(
    "text",
    [
        "ทุกหมู่บ้าน ยกเว้น แถวตลาด",
        "ทุกหมู่บ้าน ยกเว้น หมู่ 3 บางส่วน",
        "ทุกหมู่บ้าน ยกเว้น ต.ก",
        "ทุกหมู่บ้าน ยกเว้น",
        "ทุกหมู่บ้าน ยกเว้น ทุกหมู่บ้าน ต.ก",
        "หมู่ 1-9 ยกเว้น หมู่ 3 ยกเว้น หมู่ 4",
        "ทุกหมู่บ้าน ยกเว้น หมู่ 3 ต.ก หมู่ 4 ต.ข",
        "ทุกหมู่บ้าน (ยกเว้น หมู่ 3) และหมู่ 2 ต.ข",
    ],
)
def test_an_exception_that_may_mean_two_things_leaves_the_whole_text_unread(text):
    found = parse_villages(text)
    assert (found.villages, found.unread, found.refused) == ((), (text,), True)


def test_a_place_that_follows_holds_for_the_villages_before_it():
    assert words("หมู่ 1,3 ต.ก หมู่ 2 ต.ข, บ้านค") == [
        "หมู่ที่ 1 ต.ก",
        "หมู่ที่ 3 ต.ก",
        "หมู่ที่ 2 ต.ข",
        "บ้านค ต.ข",
    ]


def test_a_place_that_comes_first_holds_for_the_villages_after_it():
    assert words("ต.ก หมู่ 1,3 ต.ข หมู่ 2") == ["หมู่ที่ 1 ต.ก", "หมู่ที่ 3 ต.ก", "หมู่ที่ 2 ต.ข"]


def test_a_text_without_a_place_takes_the_one_that_holds():
    assert words("หมู่ 1", subdistrict="ก") == ["หมู่ที่ 1 ต.ก"]


def test_the_place_at_the_end_is_handed_on():
    found = parse_villages("ตำบลหนองแวง อำเภอเมือง จังหวัดขอนแก่น")
    assert (found.subdistrict, found.district) == ("หนองแวง", "เมือง")
    assert found.villages == ()


@pytest.mark.parametrize(
    ("text", "stated"),
    [("หมู่บ้านในเขตบริการ 5 หมู่บ้าน: หมู่ 1", (5,)), ("จำนวน ๓ หมู่บ้าน", (3,)), ("หมู่ 3", ())],
)
def test_the_stated_count_is_no_villages_number(text, stated):
    assert parse_villages(text).stated == stated


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("หมู่ 2 บางส่วน", ("บางส่วน",)),
        ("ครอบคลุมทั้งหมด", ("ครอบคลุมทั้งหมด",)),
        ("village 5", ("village", "5")),
        ("หมู่ 1234", ("หมู่", "1234")),
    ],
)
def test_what_is_not_understood_is_handed_back_in_its_own_words(text, unread):
    assert parse_villages(text).unread == unread

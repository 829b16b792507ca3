import pytest

from gisapp.errors import OfficeNotFoundError, OfficeSettingsError
from gisapp.settings import Settings, office_from_environment

GOOD = 'area_code = "58010000"\nname_th = "ก"\nname_en = "A"\n'


def load(folder, text):
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return Settings.load(folder)


def test_an_office_is_its_toml_and_its_folder(tmp_path):
    settings = load(tmp_path, GOOD + "province_hall = [97.9, 19.3]\nplace_tolerance_m = 500\n")
    assert (settings.area_code, settings.province_hall) == ("58010000", (97.9, 19.3))
    assert settings.place_tolerance_m == 500
    assert settings.layer_file("2568-1") == tmp_path / "layers" / "2568-1.gpkg"


def test_a_byte_order_mark_of_notepad_does_not_matter(tmp_path):
    assert load(tmp_path, "\ufeff" + GOOD).name_th == "ก"


@pytest.mark.parametrize(
    "text",
    [
        "area_code = 58010000\n" + GOOD.split("\n", 1)[1],
        GOOD.replace("58010000", "58/01"),
        GOOD + "unknown_key = 1\n",
        GOOD + 'language = "fr"\n',
        GOOD + "place_tolerance_m = 0\n",
        GOOD + 'metric_crs = "EPSG:4326"\n',
        GOOD + 'metric_crs = "EPSG:999999"\n',
        GOOD + 'key_pattern = "["\n',
        GOOD + "province_hall = [1]\n",
        "area_code = ",
        'area_code = "58010000"\n',
    ],
)
def test_a_value_that_cannot_be_meant_is_one_clear_error(tmp_path, text):
    with pytest.raises(OfficeSettingsError) as refused:
        load(tmp_path, text)
    assert "office.toml" in str(refused.value)
    reason = refused.value.th.split("office.toml ไม่ได้: ")[1]
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in reason)


def test_a_folder_without_toml_is_no_office(tmp_path):
    with pytest.raises(OfficeNotFoundError, match="gisapp init"):
        Settings.load(tmp_path)


def test_the_environment_names_the_office():
    assert str(office_from_environment({"GISAPP_OFFICE": "/x"})) == "/x"
    assert str(office_from_environment({})) == "."


TILES = "https://tiles.example:8443/a/{z}/{x}/{y}.png?key=1"


def with_map(url, attribution="© ผู้ทำแผนที่"):
    return f'{GOOD}base_map_url = "{url}"\nbase_map_attribution = "{attribution}"\n'


def test_an_internet_map_is_off_unless_the_office_names_one(tmp_path):
    settings = load(tmp_path, GOOD)
    assert (settings.base_map_url, settings.base_map_host) == ("", "")
    settings = load(tmp_path, with_map(TILES))
    assert (settings.base_map_url, settings.base_map_host) == (TILES, "https://tiles.example:8443")


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "//tiles.example/{z}/{x}/{y}.png",
        "tiles.example/{z}/{x}/{y}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://me:secret@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "https://tiles.example/{z}/{x}/{y}.png; script-src *",
        "https://tiles.example 'unsafe-inline'/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png' onerror='",
        "https:///{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png\\n",
        "javascript:alert(1)//{z}/{x}/{y}",
    ],
)
def test_an_internet_map_that_cannot_be_fetched_safely_is_refused(tmp_path, url):
    with pytest.raises(OfficeSettingsError, match="base_map_url"):
        load(tmp_path, with_map(url))


def test_an_internet_map_without_its_makers_name_is_refused(tmp_path):
    with pytest.raises(OfficeSettingsError, match="base_map_attribution"):
        load(tmp_path, with_map(TILES, " "))
    with pytest.raises(OfficeSettingsError, match="base_map_url"):
        load(tmp_path, GOOD + "base_map_url = 5\n")

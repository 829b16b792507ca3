import io
import os

import pandas as pd
import pytest
from PIL import Image

from gisapp.errors import TableError, UnsafePathError
from gisapp.store.photos import (
    PHOTO_COLUMNS,
    SHOWN_SIZES,
    read_photo_list,
    shown_path,
    write_photo_list,
    write_shown,
)

ROW = {
    "photo_id": "99010044-01",
    "smis_code": "99010044",
    "building_sequence": 2,
    "photo_slot": "front",
    "taken_on": "2025-06-03",
    "caption_th": "อาคารเรียน 1 สปช.105/29 ด้านหน้า",
    "caption_en": "Classroom building 1, front",
}


def halves(size):
    """A picture whose left is red and whose right is blue."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, *size))
    return image


def is_near(pixel, colour):
    return all(abs(a - b) < 25 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("width", SHOWN_SIZES)
def test_a_picture_is_kept_in_each_size_with_its_proportions(tmp_path, width):
    write_shown(halves((1600, 900)), tmp_path, "a1")
    with Image.open(shown_path(tmp_path, "a1", width)) as shown:
        assert shown.format == "WEBP"
        assert shown.size == (width, width * 9 // 16)
        assert is_near(shown.convert("RGB").getpixel((width // 8, 40)), (200, 30, 30))
        assert is_near(shown.convert("RGB").getpixel((width * 7 // 8, 40)), (30, 30, 200))


def test_a_small_picture_is_not_enlarged(tmp_path):
    write_shown(halves((200, 300)), tmp_path, "small")
    for width in SHOWN_SIZES:
        with Image.open(shown_path(tmp_path, "small", width)) as shown:
            assert shown.size == (200, 300)


def test_a_very_wide_picture_keeps_at_least_one_row(tmp_path):
    write_shown(halves((4000, 3)), tmp_path, "wide")
    with Image.open(shown_path(tmp_path, "wide", 320)) as shown:
        assert shown.size == (320, 1)


def test_nothing_that_a_camera_wrote_beside_the_pixels_is_kept(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "CAMERAMAKER"
    exif.get_ifd(0x8825)[1] = "N"  # GPSLatitudeRef
    sent = io.BytesIO()
    halves((1000, 500)).save(sent, "JPEG", exif=exif, icc_profile=b"x" * 200, comment=b"SECRETWORD")
    assert b"CAMERAMAKER" in sent.getvalue()
    assert b"SECRETWORD" in sent.getvalue()
    with Image.open(sent) as image:
        write_shown(image, tmp_path, "bare")
    for width in SHOWN_SIZES:
        content = shown_path(tmp_path, "bare", width).read_bytes()
        assert content.startswith(b"RIFF")
        for word in (b"CAMERAMAKER", b"SECRETWORD", b"EXIF", b"XMP ", b"ICCP"):
            assert word not in content


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK"])
def test_pictures_of_every_colour_mode_are_kept(tmp_path, mode):
    write_shown(halves((400, 200)).convert(mode), tmp_path, "any")
    with Image.open(shown_path(tmp_path, "any", 320)) as shown:
        assert (shown.mode, shown.size) == ("RGB", (320, 160))


def test_a_picture_that_was_partly_transparent_is_shown_opaque(tmp_path):
    glass = halves((400, 200))
    glass.putalpha(90)
    write_shown(glass, tmp_path, "glass")
    with Image.open(shown_path(tmp_path, "glass", 320)) as shown:
        assert shown.mode == "RGB"


def test_writing_again_replaces_and_leaves_no_rest(tmp_path):
    write_shown(halves((900, 300)), tmp_path, "a1")
    write_shown(Image.new("RGB", (900, 300), (10, 200, 10)), tmp_path, "a1")
    assert sorted(path.name for path in (tmp_path / "a1").iterdir()) == ["320.webp", "800.webp"]
    with Image.open(shown_path(tmp_path, "a1", 800)) as shown:
        assert is_near(shown.convert("RGB").getpixel((50, 50)), (10, 200, 10))


def test_the_old_picture_stays_when_the_new_one_cannot_be_put_in_place(tmp_path):
    write_shown(halves((900, 300)), tmp_path, "a1")
    before = shown_path(tmp_path, "a1", 320).read_bytes()
    (tmp_path / "a1" / "800.webp").unlink()
    (tmp_path / "a1" / "800.webp").mkdir()  # nothing can be moved onto a folder
    with pytest.raises(OSError, match=r"800\.webp"):
        write_shown(Image.new("RGB", (900, 300)), tmp_path, "a1")
    assert shown_path(tmp_path, "a1", 320).read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "a1").iterdir()) == ["320.webp", "800.webp"]


def test_a_picture_that_is_not_there_has_no_path(tmp_path):
    write_shown(halves((900, 300)), tmp_path, "a1")
    assert shown_path(tmp_path, "a1", 800).is_file()
    assert shown_path(tmp_path, "a2", 800) is None
    assert shown_path(tmp_path, "a1", 640) is None
    assert shown_path(tmp_path / "no-office", "a1", 800) is None


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../a1", "a1/../../x", "/etc", "a/b", "a\\b", "C:", "a1\n", "a\0b", "ก",
     ".a1", "a.b", "nul", "COM1", "a" * 200],
)  # fmt: skip
def test_a_name_that_is_more_than_a_name_is_refused(tmp_path, name):
    (tmp_path / "800.webp").write_bytes(b"outside")
    shown = tmp_path / "shown"
    shown.mkdir()
    with pytest.raises(UnsafePathError):
        shown_path(shown, name, 800)
    with pytest.raises(UnsafePathError):
        write_shown(halves((40, 40)), shown, name)
    assert list(shown.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_that_leads_out_is_refused(tmp_path):
    outside, shown = tmp_path / "originals", tmp_path / "shown"
    write_shown(halves((900, 300)), outside, "a1")
    shown.mkdir()
    (shown / "a1").symlink_to(outside / "a1", target_is_directory=True)
    before = (outside / "a1" / "800.webp").read_bytes()
    with pytest.raises(UnsafePathError):
        shown_path(shown, "a1", 800)
    with pytest.raises(UnsafePathError):
        write_shown(Image.new("RGB", (40, 40)), shown, "a1")
    assert (outside / "a1" / "800.webp").read_bytes() == before


def test_an_unwritten_list_is_an_empty_table_with_the_columns_of_a_written_one(tmp_path):
    empty = read_photo_list(tmp_path)
    assert len(empty) == 0
    write_photo_list([ROW], tmp_path)
    written = read_photo_list(tmp_path)
    assert list(empty.columns) == list(written.columns) == list(PHOTO_COLUMNS)
    assert dict(empty.dtypes) == dict(written.dtypes)


def test_the_list_comes_back_as_it_was_written(tmp_path):
    odd = {
        **ROW,
        "photo_id": "99010044-02",
        "smis_code": "00990044",  # a code keeps its zeros
        "building_sequence": "",
        "caption_th": 'โรงเรียน "บ้านห้วย", ใหม่',
        "caption_en": "NA",  # a word, not a gap
    }
    path = write_photo_list([ROW, odd], tmp_path)
    assert path.read_bytes().startswith(b"photo_id,smis_code,building_sequence,")
    back = read_photo_list(tmp_path)
    assert back["building_sequence"].tolist() == [2, pd.NA]
    for column in set(PHOTO_COLUMNS) - {"building_sequence"}:
        assert back[column].tolist() == [ROW[column], odd[column]]


def test_an_empty_list_is_written_and_read(tmp_path):
    write_photo_list([], tmp_path)
    assert (tmp_path / "photos.csv").read_text("utf-8").strip() == ",".join(PHOTO_COLUMNS)
    assert len(read_photo_list(tmp_path)) == 0


def test_a_list_saved_by_a_spreadsheet_with_a_byte_order_mark_is_read(tmp_path):
    path = write_photo_list([ROW], tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_photo_list(tmp_path)["photo_id"].tolist() == ["99010044-01"]


@pytest.mark.parametrize(
    "text",
    ["photo_id,smis_code\na,b\n", "", ",".join(PHOTO_COLUMNS) + "\na,b,two,front,2025-06-03,c,d\n"],
)
def test_a_list_of_another_form_is_refused_in_two_languages(tmp_path, text):
    (tmp_path / "photos.csv").write_text(text, "utf-8")
    with pytest.raises(TableError, match=r"photos\.csv") as refused:
        read_photo_list(tmp_path)
    assert "photos.csv" in refused.value.th


def test_a_row_without_a_column_is_a_mistake_of_the_caller(tmp_path):
    with pytest.raises(KeyError, match="caption_th"):
        write_photo_list([{k: v for k, v in ROW.items() if k != "caption_th"}], tmp_path)
    assert not (tmp_path / "photos.csv").exists()

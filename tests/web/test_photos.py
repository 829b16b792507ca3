import io

import pytest
from PIL import Image

from tests.web.conftest import PHOTO


@pytest.mark.parametrize("size", [320, 800])
def test_a_picture_comes_in_both_widths(client, size):
    answer = client.get(f"/photos/{PHOTO}/{size}.webp")
    assert answer.mimetype == "image/webp"
    assert Image.open(io.BytesIO(answer.data)).width == size
    assert answer.headers["ETag"]


@pytest.mark.parametrize(
    "address",
    [
        f"/photos/{PHOTO}/1600.webp",
        "/photos/nobody/320.webp",
        "/photos/..%2f..%2foffice.toml/320.webp",
        "/photos/../office.toml",
        "/photos/%2e%2e/320.webp",
        "/photos/photos.csv/320.webp",
        "/photos/C:%5cx/320.webp",
    ],
)
def test_anything_else_below_photos_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "area_code" not in answer.text

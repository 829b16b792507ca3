"""The files that the sample's schools get: each has a cell to mend, and no other school in it."""

import openpyxl
import pytest

from gisapp.core.match import name_key
from gisapp.core.problems import NOTE
from gisapp.store.school_files import Office, write_school_files

#: Headings of villages: schools are called after some, and some have the code of a school.
VILLAGE = ("ชื่อหมู่บ้าน", "รหัสหมู่บ้าน")


@pytest.fixture(scope="module")
def books(checked, tmp_path_factory):
    """School -> the workbook that it gets for the blocked round."""
    folder = tmp_path_factory.mktemp("schools")
    parted = checked("2568-2").by_school("th")
    paths = write_school_files(folder, parted, Office("สพป.ตัวอย่าง", "2568-2"))
    assert len(paths) >= 15
    return {path.stem: openpyxl.load_workbook(path) for path in paths}


def texts(book):
    """Every cell of the received sheets and of the list, but for the names of villages."""
    for page in book:
        rows = list(page.iter_rows(values_only=True))
        villages = {n for row in rows[:6] for n, cell in enumerate(row) if cell in VILLAGE}
        for row in rows:
            yield from (str(c) for n, c in enumerate(row) if c is not None and n not in villages)


def test_every_school_file_has_a_coloured_cell_and_says_where(books):
    for code, book in books.items():
        marked = [c for page in book for row in page.iter_rows() for c in row if c.comment]
        assert marked, code
        listed = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
        assert listed
        assert all(row[5] for row in listed), code


def test_no_school_file_holds_the_code_or_the_name_of_another_school(books, checked):
    schools = checked("2568-2").layers["schools"]
    names = dict(zip(schools["smis_code"], schools["school_name_th"].map(name_key), strict=True))
    for code, book in books.items():
        found = {name_key(text) for text in texts(book)} | set(texts(book))
        others = {n for other, n in names.items() if other != code} - {names[code]}
        assert not found & others, code
        assert not found & (set(names) - {code}), code


def test_a_school_with_a_doubt_that_it_can_mend_gets_a_file(books, checked):
    """By another way: every problem in a cell of a register of the round itself."""
    done = checked("2568-2")
    asked = {
        problem.school
        for problem in done.problems
        if problem.kind in ("no_coordinates", "point_proposed", "not_a_number", "school_twice")
        and problem.severity != NOTE
        and problem.school in set(done.layers["schools"]["smis_code"])
    }
    assert asked
    assert asked <= set(books)

import pandas as pd
import pytest

from gisapp.core.areas import AreaNames
from gisapp.core.rounds import Round
from gisapp.core.school_keys import PROPOSED
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.school_keys import read_key_book, write_key_proposals

AREAS = AreaNames(frozenset(), {}, {}, {}, {})
ROUND = Round.parse("2568-1")
LINES = pd.DataFrame(
    [["โรงเรียนบ้านก", "580101", "สช.", "580101-01", "จองคำ", "เมือง", ""]], columns=[*PROPOSED]
)


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path, "58010000", "ก", "A")


def accept(settings, text, encoding="utf-8-sig"):
    settings.columns_dir.mkdir(parents=True, exist_ok=True)
    (settings.columns_dir / "school_keys.csv").write_bytes(text.encode(encoding))


def test_proposals_copied_as_they_are_become_accepted_keys(settings):
    write_key_proposals(LINES, settings, ROUND)
    written = settings.key_proposals("2568-1").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    accept(settings, written.decode("utf-8-sig"))
    assert read_key_book(settings, AREAS).accepted == {"580101-01"}


def test_without_the_table_nothing_is_accepted(settings):
    assert read_key_book(settings, AREAS).accepted == frozenset()


def test_an_older_proposal_goes_when_there_is_nothing_to_propose(settings):
    write_key_proposals(LINES, settings, ROUND)
    write_key_proposals(LINES.iloc[:0], settings, ROUND)
    assert not settings.key_proposals("2568-1").exists()


def test_columns_may_stand_in_another_order_and_a_heading_may_be_repeated(settings):
    accept(
        settings,
        "key,name,affiliation,subdistrict_code\nK1,ก,,58\nkey,name,x,y\nK2,ข,,58\n,ค,,58\n",
    )
    assert read_key_book(settings, AREAS).accepted == {"K1", "K2"}


def test_a_table_without_a_column_is_one_clear_error(settings):
    accept(settings, "name,key\nก,K1\n")
    with pytest.raises(TableError, match="subdistrict_code"):
        read_key_book(settings, AREAS)


def test_one_key_for_two_schools_is_refused(settings):
    accept(settings, "name,subdistrict_code,affiliation,key\nก,58,,K1\nข,58,,K1\n")
    with pytest.raises(TableError, match="K1"):
        read_key_book(settings, AREAS)


def test_the_same_line_twice_is_one_line(settings):
    accept(settings, "name,subdistrict_code,affiliation,key\nก,58,,K1\nโรงเรียน ก,58,,K1\n")
    assert read_key_book(settings, AREAS).accepted == {"K1"}

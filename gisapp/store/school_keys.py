"""Keys of schools without a code: the table that officers accept, and what is proposed."""

import csv
import io
from collections import Counter

import pandas as pd

from gisapp.core.areas import AreaNames
from gisapp.core.rounds import Round
from gisapp.core.school_keys import PROPOSED, KeyBook
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.geopackage import replacing
from gisapp.store.tables import SCHOOL_KEYS, read_rows

_COLUMNS = ("name", "subdistrict_code", "affiliation", "key")


def read_key_book(settings: Settings, areas: AreaNames) -> KeyBook:
    """Read the keys that an officer accepted; none without ``data/columns/school_keys.csv``.

    Raises:
        TableError: A column is missing, or one key is given to two schools.
    """
    path = settings.columns_dir / f"{SCHOOL_KEYS}.csv"
    rows = read_rows(path) if path.is_file() else []
    if not rows:
        return KeyBook.of([], areas)
    heads = [head.strip() for head in rows[0]]
    missing = [column for column in _COLUMNS if column not in heads]
    if missing:
        raise TableError(
            f"data/columns/{path.name} ไม่มีคอลัมน์ {', '.join(missing)}",
            f"data/columns/{path.name} has no column {', '.join(missing)}",
        )
    places = [heads.index(column) for column in _COLUMNS]
    lines = []
    for row in rows[1:]:
        name, code, affiliation, key = (row[p].strip() if p < len(row) else "" for p in places)
        # A file put together from several proposals repeats its heading.
        if (name, key) != ("name", "key"):
            lines.append((name, code, affiliation, key))
    book = KeyBook.of(lines, areas)
    twice = [key for key, count in Counter(book.keys.values()).items() if count > 1]
    if twice:
        raise TableError(
            f"data/columns/{path.name} ให้รหัส {twice[0]} แก่โรงเรียนมากกว่าหนึ่งแห่ง",
            f"data/columns/{path.name} gives the key {twice[0]} to more than one school",
        )
    return book


def write_key_proposals(proposals: pd.DataFrame, settings: Settings, data_round: Round) -> None:
    """Write the proposed keys as CSV that Excel opens; take an older file away when there are none.

    The columns are those of ``school_keys.csv``, then what helps to decide.
    """
    path = settings.key_proposals(data_round.name)
    if not len(proposals):
        path.unlink(missing_ok=True)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(PROPOSED)
    writer.writerows(proposals[[*PROPOSED]].itertuples(index=False))
    with replacing(path) as part:
        part.write_bytes(text.getvalue().encode("utf-8-sig"))

"""The office's database: opened for one question, with every table in place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from gisapp.errors import FileInUseError
from gisapp.settings import Settings

#: Tables of every module that keeps something in the database.
TABLES = sa.MetaData()


def is_there(settings: Settings) -> bool:
    """Whether anything can have been written yet; asking must not make the file."""
    return bool(settings.database_url) or settings.database_file.is_file()


@contextmanager
def office_database(settings: Settings) -> Iterator[sa.Connection]:
    """Open the database; what is written counts when the block ends without an error.

    Raises:
        FileInUseError: It cannot be opened or written.
    """
    url = settings.database_url or sa.URL.create(
        "sqlite", database=os.fspath(settings.database_file)
    )
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.begin() as connection:
            _make_tables(connection)
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise FileInUseError(
            f"เขียนฐานข้อมูลของสำนักงานไม่ได้ ({settings.database_file.name}) ปิดโปรแกรมอื่นที่ใช้อยู่แล้วลองใหม่",
            f"cannot use the office's database ({settings.database_file.name}); close other "
            "programs that use it and try again",
        ) from error
    finally:
        engine.dispose()


def _make_tables(connection: sa.Connection) -> None:
    """Make the tables that are missing; the web and the worker may both be the first."""
    for table in TABLES.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))

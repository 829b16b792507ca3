"""Tables of the pages as files: CSV and XLSX."""

from urllib.parse import quote

from flask import Blueprint, Response, request, stream_with_context

from gisapp.store.table_files import About, Table, csv_pieces, workbook
from gisapp.web.choosing.choice import choose
from gisapp.web.i18n import gettext as _
from gisapp.web.listing.table import about_schools, school_table
from gisapp.web.reader import reading

blueprint = Blueprint("downloads", __name__)

#: The kinds of file, as at the end of an address.
CSV, XLSX = "csv", "xlsx"

_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(f"/schools.<any({CSV}, {XLSX}):kind>")
def schools(kind: str) -> Response:
    """Every school of the list, all pages of it, in its order."""
    now = reading()
    choice = choose(now, request.args)
    table = school_table(now, choice.shown, request.args)
    stem = _("โรงเรียน")
    return table_file(
        table, about_schools(now, choice, request.args), f"{stem}-{now.round.name}", kind
    )


def table_file(table: Table, about: About, stem: str, kind: str) -> Response:
    """Answer with a table as a file.

    Args:
        table: What is written; a CSV leaves while its rows are made.
        about: The second sheet of a workbook.
        stem: Name of the file before its ending, the round in it; any letters.
        kind: `CSV` or `XLSX`.
    """
    if kind == CSV:
        response = Response(stream_with_context(csv_pieces(table)), mimetype="text/csv")
    else:
        response = Response(workbook(table, about), mimetype=_XLSX_TYPE)
    response.headers["Content-Disposition"] = _attached(f"{stem}.{kind}")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _attached(name: str) -> str:
    """Return the header that saves an answer under a name, Thai letters and all.

    Source: RFC 6266 and RFC 5987: the plain name for programs that do not read the other.
    """
    plain = "".join(letter for letter in name if letter.isascii() and letter not in '"\\')
    return f"attachment; filename=\"{plain.lstrip('-.')}\"; filename*=UTF-8''{quote(name, safe='')}"

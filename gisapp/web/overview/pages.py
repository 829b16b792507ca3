"""The office at a glance: charts, five-year lines and a table, each with its figures as a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from gisapp.core.overview import nothing_added
from gisapp.store.table_files import Table
from gisapp.web.choosing.asking import chips
from gisapp.web.choosing.choice import Choice, choose
from gisapp.web.i18n import gettext as _
from gisapp.web.listing.downloads import CSV, XLSX, table_file
from gisapp.web.listing.table import about_choice
from gisapp.web.overview import drawing as charts_overview
from gisapp.web.overview.charts import Chart, count_charts
from gisapp.web.overview.groups import GroupTable, asked_group, group_table, groupings
from gisapp.web.overview.lines import Lines, lines_of
from gisapp.web.overview.pupils import grade_chart, place_chart
from gisapp.web.overview.sums import figures_by
from gisapp.web.overview.words import column_word, group_word
from gisapp.web.reader import Reading, link, questions, reading

blueprint = Blueprint("overview", __name__)

#: Names of the downloads that are no chart.
_LINES, _GROUPS = "rounds", "groups"

#: Groupings that have a chart.
_PLACES = ("district", "network")


@dataclass(frozen=True)
class Overview:
    """Everything on the page.

    Attributes:
        charts: Name -> bars, as far as the reader may see their figures.
        lines: The rounds.
        groups: The table.
    """

    charts: Mapping[str, Chart]
    lines: Lines
    groups: GroupTable


@blueprint.get("/overview")
def index() -> str:
    """The office in figures."""
    now = reading()
    choice = choose(now, request.args)
    return render_template(
        "overview.html",
        now=now,
        choice=choice,
        chips=chips(choice.asked, now),
        overview=overview_of(now, choice) if choice.shown else None,
        groupings=groupings(now),
        group_word=group_word,
        column_word=column_word,
        drawn=charts_overview,
        place="overview",
    )


@blueprint.get(f"/overview/<name>.<any({CSV}, {XLSX}):kind>")
def download(name: str, kind: str) -> Response:
    """The figures behind one chart, the rounds or the table."""
    now = reading()
    choice = choose(now, request.args)
    table = _file_table(overview_of(now, choice), name) or abort(404)
    address = link("overview.index", _external=True, **questions() | {"round": now.round.name})
    about = about_choice(now, choice, address, unknown=_("ช่องว่าง (แถว)"))
    return table_file(table, about, f"{_('ภาพรวม')}-{name}-{now.round.name}", kind)


def overview_of(now: Reading, choice: Choice) -> Overview:
    """Put the page together."""
    whole = figures_by(now, choice.asked, choice.view, "office").get("", nothing_added())
    groups = figures_by(now, choice.asked, choice.view, asked_group(now, request.args))
    charts = count_charts(now, choice)
    if now.access.of("enrolment_by_grade"):
        charts.append(grade_chart(now, choice))
    charts += [
        place_chart(choice, name, figures_by(now, choice.asked, choice.view, name))
        for name in groupings(now)
        if name in _PLACES and "students" in now.access.of("schools")
    ]
    return Overview(
        {chart.name: chart for chart in charts},
        lines_of(now, choice),
        group_table(now, choice, groups, whole, request.args),
    )


def _file_table(overview: Overview, name: str) -> Table | None:
    """Return the figures that an address names."""
    lines, groups = overview.lines, overview.groups
    if name == _LINES:
        return Table(_("ย้อนหลัง"), lines.columns, lines.rows)
    if name == _GROUPS:
        rows = [(row.word, *row.values) for row in (*groups.rows, groups.total)]
        return Table(group_word(groups.by), groups.columns, rows)
    chart = overview.charts.get(name)
    return Table(chart.columns[0].heading, chart.columns, chart.rows) if chart else None

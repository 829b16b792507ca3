"""Pupils of the overview: by grade and sex, and by district and network."""

from collections.abc import Mapping, Sequence

from gisapp.core.grades import LEVELS, ORDER
from gisapp.core.overview import Figures
from gisapp.core.school_filter import NODATA
from gisapp.store.published_sums import GradeSum, read_grade_sums
from gisapp.store.table_files import TableColumn, Value
from gisapp.web.choosing.asking import asked_in_address
from gisapp.web.choosing.choice import Choice
from gisapp.web.i18n import gettext as _
from gisapp.web.overview.charts import PLAIN, Bar, Chart, nothing_known
from gisapp.web.reader import Reading, link
from gisapp.web.words import district_word, grade_word, level_short, number

#: Most bars of a chart; the table of groups holds the others.
MOST_BARS = 20

#: Level -> token of its part of a bar, as in the map's view of levels.
_LEVEL_TOKENS = dict(zip(LEVELS, ("k-2", "k-3", "k-1", "k-4"), strict=True))

#: Token of pupils of whom only the number is known.
_REST = "k-6"


def grade_chart(now: Reading, choice: Choice) -> Chart:
    """Return pupils of the schools asked for by grade and sex, youngest first."""
    codes = None if choice.asked.is_empty else tuple(s.smis_code for s in choice.shown)
    sums = read_grade_sums(now.file, codes, now.access.of("enrolment_by_grade"))
    grades = sorted(
        (row for row in sums if row.students), key=lambda row: ORDER.get(row.grade, len(ORDER))
    )
    columns = (
        TableColumn(_("ชั้น"), "text", 10),
        *(TableColumn(word, "count") for word in (_("ชาย"), _("หญิง"), _("รวม"), _("ห้อง"))),
    )
    rows: list[tuple[Value, ...]] = [
        (grade_word(row.grade), row.male, row.female, row.students, row.class_groups)
        for row in grades
    ]
    if rows:
        rows.append((_("รวม"), *(_sum(column) for column in list(zip(*rows, strict=True))[1:])))
    key = [("male", _("ชาย")), ("female", _("หญิง"))]
    bars = tuple(_grade_bar(row) for row in grades)
    if any(token == _REST for bar in bars for token, _value in bar.parts):
        key.append((_REST, _("ไม่แยกเพศ")))
    about = _("นักเรียนแยกชั้นและเพศ")
    title = _grade_title(grades) if grades else nothing_known(choice, _("นักเรียนรายชั้น"))
    return Chart("grade", title, about, columns, tuple(rows), bars, tuple(key), stated=bool(grades))


def _grade_bar(row: GradeSum) -> Bar:
    """Return one grade: boys, girls, and pupils whose sex no sheet states."""
    total, male, female = row.students or 0, row.male or 0, row.female or 0
    parts = [("male", male), ("female", female), (_REST, max(total - male - female, 0))]
    return Bar(row.grade, grade_word(row.grade), total, tuple(part for part in parts if part[1]))


def _grade_title(grades: Sequence[GradeSum]) -> str:
    """Say how many pupils there are and which grade is the largest."""
    top = max(grades, key=lambda row: row.students or 0)
    return _(
        "นักเรียน %(all)s คน ชั้น %(grade)s มากที่สุด %(n)s คน",
        all=number(sum(row.students or 0 for row in grades)),
        grade=grade_word(top.grade),
        n=number(top.students),
    )


def place_chart(choice: Choice, by: str, groups: Mapping[str, Figures]) -> Chart:
    """Return pupils by district or network, made of levels.

    Args:
        choice: The schools asked for.
        by: "district" or "network".
        groups: Name -> figures; "" are schools that state none.
    """
    order = {name: place for place, name in enumerate(choice.choices[by])}
    names = sorted(groups, key=lambda name: order.get(name, len(order)))
    levels = [name for name in LEVELS if any(getattr(f, name) for f in groups.values())]
    columns = (
        TableColumn(_("อำเภอ") if by == "district" else _("เครือข่าย"), "text", 28),
        TableColumn(_("โรงเรียน"), "count"),
        *(TableColumn(level_short(level), "count") for level in levels),
        TableColumn(_("นักเรียน"), "count"),
        TableColumn(_("ไม่มีข้อมูล (โรงเรียน)"), "count"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            place_word(by, name),
            groups[name].schools,
            *(getattr(groups[name], level) for level in levels),
            groups[name].students,
            groups[name].lacking["students"],
        )
        for name in names
    ]
    if len(names) > MOST_BARS:
        names = sorted(names, key=lambda name: -(groups[name].students or 0))[:MOST_BARS]
    bars = [_place_bar(choice, by, name, groups[name], levels) for name in names]
    key = [(_LEVEL_TOKENS[level], level_short(level)) for level in levels]
    if any(token == _REST for bar in bars for token, _value in bar.parts):
        key.append((_REST, _("ไม่แยกระดับ")))
    note = ""
    if len(groups) > len(bars):
        note = _("%(n)s จาก %(all)s กลุ่มที่มีนักเรียนมากที่สุด", n=len(bars), all=len(groups))
    about = _("นักเรียนรายอำเภอ") if by == "district" else _("นักเรียนรายเครือข่าย")
    known = any(figures.students is not None for figures in groups.values())
    return Chart(
        by,
        _place_title(by, groups) if known else nothing_known(choice, about),
        about,
        columns,
        tuple(rows),
        tuple(bars),
        tuple(key),
        note,
        stated=known and any(groups),
    )


def _place_bar(choice: Choice, by: str, name: str, figures: Figures, levels: Sequence[str]) -> Bar:
    """Return one district or network."""
    total = figures.students or 0
    parts = [(_LEVEL_TOKENS[level], getattr(figures, level) or 0) for level in levels]
    parts.append((_REST if levels else PLAIN, max(total - sum(value for _t, value in parts), 0)))
    many = figures.schools != 1
    schools = _("%(n)s โรงเรียน", n=number(figures.schools)) if many else _("1 โรงเรียน")
    lacking = figures.lacking["students"]
    note = _("ไม่มีข้อมูล %(n)s", n=number(lacking)) if lacking else ""
    url = link("schools.index", **asked_in_address() | {by: name}) if name else None
    word = place_word(by, name)
    shown = tuple(part for part in parts if part[1])
    return Bar(name, word, figures.students, shown, note, schools, url=url)


def _place_title(by: str, groups: Mapping[str, Figures]) -> str:
    """Say which group has the most pupils; where most schools are in none, say that."""
    schools = sum(figures.schools for figures in groups.values())
    stated = {name: figures for name, figures in groups.items() if name}
    known = {n: f.students for n, f in stated.items() if f.students is not None}
    within = sum(figures.schools for figures in stated.values())
    if not known or within * 2 < schools:
        figures = {"n": number(schools - within), "all": number(schools)}
        if by == "district":
            return _("%(n)s จาก %(all)s โรงเรียนไม่ระบุอำเภอ", **figures)
        return _("%(n)s จาก %(all)s โรงเรียนไม่ระบุเครือข่าย", **figures)
    top = max(known, key=known.__getitem__)
    # Between isolates: a name that is written from the right leaves the sentence as it is.
    name = f"\u2068{place_word(by, top)}\u2069"
    word = _("อ.%(name)s", name=name) if by == "district" else name
    if len(groups) == 1:
        return _("%(what)s มีนักเรียน %(n)s คน", what=word, n=number(known[top]))
    said = _(
        "%(what)s มีนักเรียนมากที่สุด %(n)s จาก %(all)s คน",
        what=word,
        n=number(known[top]),
        all=number(sum(known.values())),
    )
    if within == schools:
        return said
    words = {"said": said, "n": number(within), "all": number(schools)}
    if by == "district":
        return _("%(said)s ของ %(n)s จาก %(all)s โรงเรียนที่ระบุอำเภอ", **words)
    return _("%(said)s ของ %(n)s จาก %(all)s โรงเรียนที่ระบุเครือข่าย", **words)


def place_word(by: str, name: str) -> str:
    """Name a district or network, also where a school states none."""
    if not name or name == NODATA:
        return _("ไม่ระบุ")
    return district_word(name) if by == "district" else name


def _sum(values: Sequence[Value]) -> int | None:
    """Add what is known; None where nothing is."""
    known = [int(value) for value in values if value is not None]
    return sum(known) if known else None

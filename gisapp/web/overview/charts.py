"""Bars of the overview: what each chart says, its figures, and where each bar leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gisapp.core.map_views import View
from gisapp.core.school_filter import CLASS, NODATA, TRAITS
from gisapp.store.published_views import map_views
from gisapp.store.table_files import TableColumn, Value
from gisapp.web.choosing.asking import asked_in_address, value_word
from gisapp.web.choosing.choice import Choice
from gisapp.web.i18n import gettext as _
from gisapp.web.map.symbols import NO_STUDENTS, symbol_name, symbols_of
from gisapp.web.map.views import class_asked, class_limits, class_word, unit_word, view_word
from gisapp.web.overview.sums import count_classes, count_stated, count_values
from gisapp.web.reader import Reading, link, settings
from gisapp.web.words import number

#: Token of a bar that stands for no kind of its own.
PLAIN = "q-4"

#: Classes of the view of small bands that are no band: above them all, and without pupils.
_LARGER, _NO_BAND = "larger", "0"

#: Facets of the charts -> column of `schools` that a reader must be allowed to see.
_FACETS = {
    "level": "levels_offered",
    "type": "levels_offered",
    "condition": "dilapidated_buildings",
}

#: Views of the charts -> the same.
_VIEWS = {"size": "size_class_4", "size7": "size_class_7", "band": "small_band"}

#: Value -> token of its bar, where it has a colour of its own.
_COLOURS = {"dilapidated": "bad", "sound": "good", NODATA: NODATA}

#: Chart -> the bar that its title speaks of; else the longest.
_SPOKEN_OF = {"size": "small", "type": "expansion", "condition": "dilapidated"}


@dataclass(frozen=True)
class Bar:
    """One bar with its words.

    Attributes:
        key: What it stands for, as in the address.
        word: The same for reading.
        value: Its figure; None where no school of it states the figure.
        parts: (token of a colour or `NODATA`, figure), left to right.
        note: Said behind the word, such as limits.
        beside: Said behind the figure, where there is no share.
        share: Its part of what is known, 0 to 1; None is not said.
        url: Where its schools are listed; None where no filter finds them.
        symbol: Its drawing on the map.
    """

    key: str
    word: str
    value: int | None
    parts: tuple[tuple[str, int], ...]
    note: str = ""
    beside: str = ""
    share: float | None = None
    url: str | None = None
    symbol: str | None = None


@dataclass(frozen=True)
class Chart:
    """One chart with the table behind it.

    Attributes:
        name: In the address of its download.
        title: What it shows, in a sentence with its number.
        about: What it counts.
        columns, rows: Its table.
        bars: Its bars, top to bottom.
        key: (token, word) of the parts that bars are made of.
        note: What else a reader must know.
        stated: Whether any school states what is counted; if none does, the title is all.
        said: Whether its bars say all that its table says.
    """

    name: str
    title: str
    about: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    bars: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...] = ()
    note: str = ""
    stated: bool = True
    said: bool = False

    @property
    def most(self) -> int:
        """Figure of the longest bar."""
        return max((bar.value or 0 for bar in self.bars), default=0)


def count_charts(now: Reading, choice: Choice) -> list[Chart]:
    """Return schools by size, level, type, trait and condition, as far as they may be shown."""
    seen = now.access.of("schools")
    views = map_views(settings(), now.file)
    charts = [
        _by_view(now, choice, views[name]) for name, column in _VIEWS.items() if column in seen
    ]
    charts += [_by_facet(now, choice, facet) for facet, column in _FACETS.items() if column in seen]
    if choice.known - {"standin"}:
        charts.append(_by_trait(now, choice))
    return charts


def _by_view(now: Reading, choice: Choice, view: View) -> Chart:
    """Count schools in the classes of one of the map's views."""
    found = count_classes(now, choice.asked, choice.view, view)
    tokens = {symbol.name: symbol.token for symbol in symbols_of(view)}
    tokens |= {NO_STUDENTS: "pt-zero", NODATA: NODATA}
    bars = []
    for name in view.classes:
        symbol = symbol_name(view, name)
        by_size = view.facet == "size"
        changes = {"size": name} if by_size else {"by": view.name, CLASS: class_asked(view, name)}
        other = not by_size and view.name != choice.view.name and bool(choice.asked.of(CLASS))
        url = None if other else _listed(choice, view.facet, name, found[name], changes)
        bars.append(
            Bar(
                name,
                class_word(view, name),
                found[name],
                ((tokens[symbol], found[name]),),
                class_limits(view, name),
                url=url,
                symbol=symbol if by_size else None,
            )
        )
    known = len(choice.shown) - found[NODATA]
    note = _("ร้อยละของ %(n)s โรงเรียนที่มีจำนวนนักเรียน", n=number(known))
    return _counted(
        choice,
        view.name,
        view_word(view.name),
        bars,
        known,
        note if view.name == "band" else "",
        unit_word(view),
    )


def _by_facet(now: Reading, choice: Choice, facet: str) -> Chart:
    """Count schools in the values of a facet; those without a value are the last bar."""
    found = count_values(now, choice.asked, choice.view, facet)
    bars = [
        Bar(
            value,
            value_word(facet, value, now, choice.view),
            found[value],
            ((_COLOURS.get(value, PLAIN), found[value]),),
            url=_listed(choice, facet, value, found[value], {facet: value}),
        )
        for value in choice.choices[facet]
    ]
    if NODATA not in choice.choices[facet] and found[NODATA]:
        bars.append(Bar(NODATA, _("ไม่มีข้อมูล"), found[NODATA], ((NODATA, found[NODATA]),)))
    about = {
        "level": _("ระดับที่เปิดสอน"),
        "type": _("ประเภทโรงเรียน"),
        "condition": _("สภาพสิ่งก่อสร้าง"),
    }[facet]
    note = _("โรงเรียนหนึ่งเปิดได้หลายระดับ") if facet == "level" else ""
    return _counted(choice, facet, about, bars, len(choice.shown) - found[NODATA], note)


def _by_trait(now: Reading, choice: Choice) -> Chart:
    """Count schools that have each of the traits about which the round says something."""
    found = count_values(now, choice.asked, choice.view, "trait")
    bars: list[Bar] = []
    known = 0
    for trait, column in TRAITS.items():
        if trait not in choice.known or trait == "standin":
            continue
        # A school must have all the traits chosen: one more is asked for beside them.
        traits = list(dict.fromkeys((*choice.asked.of("trait"), trait)))
        again = link("schools.index", **asked_in_address() | {"trait": traits})
        stated = count_stated(now, choice.asked, choice.view, column)
        if found[trait] > max((bar.value or 0 for bar in bars), default=-1):
            known = stated  # of the trait that the title speaks of
        bars.append(
            Bar(
                trait,
                value_word("trait", trait, now, choice.view),
                found[trait] if stated else None,
                ((PLAIN, found[trait]),),
                share=found[trait] / stated if stated else None,
                url=again if found[trait] else None,
            )
        )
    note = _("โรงเรียนหนึ่งมีได้หลายลักษณะ")
    return _counted(choice, "trait", _("ลักษณะ"), bars, known, note)


def _listed(
    choice: Choice, facet: str, value: str, count: int, changes: dict[str, str]
) -> str | None:
    """Return where a bar's schools are listed; None where there is none to list.

    A value beside those chosen has no list of its own: asking for it would let the chosen ones go.
    """
    chosen = choice.asked.of(facet)
    if not count or (chosen and value not in chosen):
        return None
    return link("schools.index", **asked_in_address() | changes)


def _counted(
    choice: Choice,
    name: str,
    what: str,
    bars: Sequence[Bar],
    known: int,
    note: str = "",
    unit: str = "",
) -> Chart:
    """Make a chart of numbers of schools; a share is of the schools that are known."""
    full = [bar if bar.key == NODATA else _shared(bar, known) for bar in bars]
    columns: tuple[TableColumn, ...] = (
        TableColumn(what, "text", 28),
        TableColumn(unit, "text", 18),
        TableColumn(_("โรงเรียน"), "count"),
        TableColumn(_("ร้อยละ"), "ratio"),
    )
    rows: list[tuple[Value, ...]] = [
        (bar.word, bar.note, bar.value, None if bar.share is None else bar.share * 100)
        for bar in full
    ]
    if not unit:
        columns = (columns[0], *columns[2:])
        rows = [(row[0], *row[2:]) for row in rows]
    title = _title(name, full, known) if known else nothing_known(choice, what)
    about = f"{what} · {unit}" if unit else what
    return Chart(
        name,
        title,
        about,
        columns,
        tuple(rows),
        tuple(full),
        note=note,
        stated=known > 0,
        said=True,
    )


def _shared(bar: Bar, known: int) -> Bar:
    """Give a bar its share of the schools that are known; of none, nobody knows how many."""
    if not known:
        return replace(bar, value=None, share=None)
    if bar.share is not None or bar.value is None:
        return bar
    return replace(bar, share=bar.value / known)


def nothing_known(choice: Choice, what: str) -> str:
    """Say that no school of the round, or none of those asked for, states something."""
    if choice.asked.is_empty:
        return _("รอบนี้ไม่มีข้อมูล%(what)s", what=what)
    return _("โรงเรียนที่ตรงตัวกรองไม่มีข้อมูล%(what)s", what=what)


def _title(name: str, bars: Sequence[Bar], known: int) -> str:
    """Say the finding of a chart of schools."""
    said = [bar for bar in bars if bar.key not in (NODATA, _NO_BAND, _LARGER)]
    top = max(said, key=lambda bar: bar.value or 0, default=None)
    top = next((bar for bar in said if bar.key == _SPOKEN_OF.get(name)), top)
    if top is None or (not top.value and name not in _SPOKEN_OF):
        return _("ไม่มีโรงเรียนในกลุ่มเหล่านี้")
    if name == "band":  # of the small schools: the others are in no band
        known = sum(bar.value or 0 for bar in said)
    figures = {"n": number(top.value), "all": number(known), "what": top.word}
    if name == "size":  # an office may have written the word into its own names
        figures["what"] = top.word.removeprefix("ขนาด")
    sentences = {
        "size": lambda: _("โรงเรียน %(n)s จาก %(all)s แห่งเป็นขนาด%(what)s", **figures),
        "size7": lambda: _("%(what)s มากที่สุด %(n)s จาก %(all)s โรงเรียน", **figures),
        "band": lambda: _("ช่วง %(what)s คน มากที่สุด %(n)s จาก %(all)s โรงเรียนขนาดเล็ก", **figures),
        "level": lambda: _("โรงเรียน %(n)s จาก %(all)s แห่งเปิดสอน%(what)s", **figures),
        "type": lambda: _("โรงเรียน %(n)s จาก %(all)s แห่งเป็นประเภท%(what)s", **figures),
        "trait": lambda: _("%(what)s %(n)s จาก %(all)s โรงเรียน", **figures),
        "condition": lambda: _("โรงเรียน %(n)s จาก %(all)s แห่งมีหลังทรุดโทรม", **figures),
    }
    return sentences[name]()

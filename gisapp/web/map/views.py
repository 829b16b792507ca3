"""The view of the map that was asked for: its words, limits, symbols and legend."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, request

from gisapp.core.map_steps import COUNTED, Step
from gisapp.core.map_views import FIRST_VIEW, ITEMS, KINDS, NEEDS, View
from gisapp.core.school_filter import CLASS, NODATA
from gisapp.errors import RoundNameError, RoundNotFoundError, UnknownChoiceError
from gisapp.store.published_views import has_other_sizes, map_views
from gisapp.web.i18n import gettext as _
from gisapp.web.map.symbols import Symbol, symbol_name, symbols_of
from gisapp.web.reader import Reading, reading, settings
from gisapp.web.words import UNKNOWN, level_word, number, size_limits, size_word

#: View -> kinds of sheets that its figures come from.
_SOURCES = {
    "size": ("pupils",),
    "size7": ("pupils",),
    "band": ("pupils",),
    "level": ("pupils",),
    "special": ("register",),
    "elevation": ("heights",),
    "teachers": ("pupils", "staff"),
    "rooms": ("pupils",),
    "buildings": ("buildings",),
    "utilities": ("register",),
    "distance": ("register",),
    "completeness": ("register", "pupils", "staff", "buildings"),
}


@dataclass(frozen=True)
class Row:
    """One class in a legend.

    Attributes:
        name: As in the address.
        word: What it is called.
        limits: Where it ends; may be empty.
        symbol: Its drawing.
        count: Schools in it; those that every other filter leaves.
        chosen: Whether it is shown.
    """

    name: str
    word: str
    limits: str
    symbol: str
    count: int
    chosen: bool


def asked_view() -> View:
    """Return the view of the address.

    Raises:
        UnknownChoiceError: There is no such view.
    """
    views = views_of(reading())
    name = request.args.get("by") or next(iter(views))
    if name not in views:
        raise UnknownChoiceError("by", name)
    return views[name]


def views_of(now: Reading) -> Mapping[str, View]:
    """Return the views whose columns this reader may see, in the order of the choice.

    Who may see none of them is shown the sizes, of which nothing is known then.
    """
    every, seen = map_views(settings(), now.file), now.access.of("schools")
    views = {name: view for name, view in every.items() if seen.issuperset(NEEDS[name])}
    return views or {FIRST_VIEW: every[FIRST_VIEW]}


def size_view(now: Reading) -> View:
    """Return the view of the size classes of a round, whoever reads."""
    return map_views(settings(), now.file)[FIRST_VIEW]


def _size_symbols() -> tuple[Symbol, ...]:
    """Return the symbols of the size classes, also on a page that tells why there is no round."""
    try:
        file = reading().file
    except (RoundNotFoundError, RoundNameError):
        file = None
    return symbols_of(map_views(settings(), file)[FIRST_VIEW])


def view_word(name: str) -> str:
    """Name a view as the choice above the legend does."""
    return {
        "size": _("ขนาดโรงเรียน 4 กลุ่ม"),
        "size7": _("ขนาดโรงเรียน 7 กลุ่ม"),
        "band": _("ช่วงโรงเรียนขนาดเล็ก"),
        "level": _("ระดับสูงสุดที่เปิดสอน"),
        "special": _("พื้นที่สูง เกาะ และพื้นที่พิเศษ"),
        "elevation": _("ความสูงจากระดับทะเล"),
        "teachers": _("นักเรียนต่อครู"),
        "rooms": _("นักเรียนต่อห้อง"),
        "buildings": _("สิ่งก่อสร้างทรุดโทรม"),
        "utilities": _("ขาดไฟฟ้า น้ำ หรืออินเทอร์เน็ต"),
        "distance": _("ระยะทางถึงสำนักงานเขต"),
        "completeness": _("ความครบของข้อมูล"),
    }[name]


def class_asked(view: View, name: str) -> str:
    """Write a class as addresses do: with its view, for views have classes of the same name."""
    return f"{view.name}:{name}" if view.facet == CLASS else name


def unit_word(view: View) -> str:
    """Say what the figures of a legend count."""
    return {
        "size": _("จำนวนนักเรียน (คน)"),
        "size7": _("จำนวนนักเรียน (คน)"),
        "band": _("จำนวนนักเรียน (คน)"),
        "level": _("ระดับ"),
        "special": _("ตามประกาศ"),
        "elevation": _("เมตร"),
        "teachers": _("คนต่อครู 1 คน"),
        "rooms": _("คนต่อห้อง"),
        "buildings": _("ร้อยละของหลังที่ใช้งาน"),
        "utilities": _("จำนวนที่ขาดใน 3 อย่าง"),
        "distance": _("กิโลเมตร ตามทะเบียน"),
        "completeness": _("เรื่องที่มี จาก %(n)s เรื่อง", n=len(ITEMS)),
    }[view.name]


def criteria_word(view: View) -> str:
    """Name the criteria behind a view, for the collar."""
    if view.name in ("size", "size7"):
        named = _("เกณฑ์ขนาด สพฐ. 4 กลุ่ม") if view.name == "size" else _("เกณฑ์ขนาด 7 กลุ่ม")
        if has_other_sizes(settings(), reading().file):
            return _("%(criteria)s ตามที่ใช้เมื่อสร้างรอบนี้ (ตารางเกณฑ์เปลี่ยนแล้ว)", criteria=named)
        return named
    if view.name in KINDS:
        return view_word(view.name)
    return _("ช่วงที่สำนักงานกำหนด")


def class_word(view: View, name: str) -> str:
    """Name a class of a view."""
    if name == NODATA:
        return _("ไม่มีข้อมูล")
    if view.name == "size":
        return size_word(name)
    if view.name == "size7":
        return size_word(name, "size_class_7")
    if view.name == "band":
        return _("เกินขนาดเล็ก") if name == "larger" else band_word(name)
    if view.name == "level":
        return level_word(name)
    if view.name == "special":
        return {
            "highland": _("พื้นที่สูง"),
            "island": _("พื้นที่เกาะ"),
            "special": _("พื้นที่พิเศษอื่น"),
        }.get(name, _("นอกพื้นที่พิเศษ"))
    return step_word(view, name)


def band_word(name: str) -> str:
    """Write a small band with a dash between its limits."""
    return size_word("no_students") if name == "0" else name.replace("-", "–")


def class_limits(view: View, name: str) -> str:
    """Say where a class ends, where its name does not."""
    if name == NODATA or view.name not in ("size", "size7"):
        return ""
    return size_limits(name, "size_class_7" if view.name == "size7" else "size_class_4")


def step_word(view: View, name: str) -> str:
    """Say which figures a step holds: 10 – น้อยกว่า 15; whole numbers are counted."""
    step = next(step for step in view.steps if step.name == name)
    if step.is_point:
        return _figure(step.least)
    if view.name in COUNTED:
        return _counted(view.name, step)
    if step.below is None:
        return _("%(n)s ขึ้นไป", n=_figure(step.least))
    open_below = not step.least or any(
        other.is_point and other.least == step.least for other in view.steps
    )
    if open_below:
        return _("น้อยกว่า %(n)s", n=_figure(step.below))
    return _("%(least)s – น้อยกว่า %(below)s", least=_figure(step.least), below=_figure(step.below))


def _counted(view: str, step: Step) -> str:
    """Write a step of whole numbers by the first and the last of them."""
    held = [figure for figure in range(COUNTED[view] + 1) if step.holds(figure)]
    if not held:
        return UNKNOWN
    first, last = held[0], held[-1]
    return number(first) if first == last else f"{number(first)}–{number(last)}"


def _figure(value: float | None) -> str:
    """Write a limit without needless decimals."""
    if value is None:
        return UNKNOWN
    return number(value, 0 if float(value).is_integer() else 1)


def legend(view: View, chosen: tuple[str, ...], counts: Counter[str]) -> list[Row]:
    """Return the rows of the legend.

    Args:
        view: What the map shows.
        chosen: The classes asked for; empty is all.
        counts: Class -> schools.
    """
    return [
        Row(
            class_asked(view, name),
            class_word(view, name),
            class_limits(view, name),
            symbol_name(view, name),
            counts[name],
            not chosen or name in chosen,
        )
        for name in view.classes
    ]


def view_sources(view: View) -> str:
    """Name the sheets behind the figures of a view."""
    words = {
        "register": _("ทะเบียนโรงเรียน"),
        "pupils": _("นักเรียนรายชั้น"),
        "staff": _("ข้อมูลครู"),
        "buildings": _("บัญชีสิ่งก่อสร้าง"),
        "heights": _("แบบจำลองความสูง"),
    }
    return ", ".join(words[kind] for kind in _SOURCES[view.name])


def unknown_word(counts: Counter[str]) -> str:
    """Say of how many schools nobody knows the class.

    Args:
        counts: Class -> schools that every filter but the legend leaves.
    """
    return _(
        "ไม่มีข้อมูล %(n)s จาก %(all)s โรงเรียน", n=number(counts[NODATA]), all=number(counts.total())
    )


def register(app: Flask) -> None:
    """Give templates the functions of this module."""
    app.jinja_env.globals.update(
        view_word=view_word,
        unit_word=unit_word,
        criteria_word=criteria_word,
        view_sources=view_sources,
        unknown_word=unknown_word,
        symbols_of=symbols_of,
        size_symbols=_size_symbols,
    )

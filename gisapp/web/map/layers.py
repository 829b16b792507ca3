"""What the map's layers menu offers, and where each layer is fetched from."""

from dataclasses import dataclass

from flask import Flask

from gisapp.store.elevation import elevation
from gisapp.store.published_geojson import has_places
from gisapp.web.i18n import gettext as _
from gisapp.web.map.ground import ground_names, layer_url
from gisapp.web.map.served import can_be_drawn
from gisapp.web.map.zones import menu_level, zone_addresses
from gisapp.web.reader import Reading, language, link, settings
from gisapp.web.words import level_short

#: Layers that are fetched when switched on: name in the menu -> (layer, columns that it shows).
_LATER = {
    "villages": ("villages", "village_th,village_en"),
    "others": ("other_schools", "school_name_th,school_name_en"),
}


#: Rows of the menu -> layers any of which they need.
_BASE_OF = {
    "rivers": {"rivers", "lakes"},
    "roads": {"roads"},
    "subdistricts": {"subdistricts"},
    "districts": {"districts"},
    "labels": {"subdistricts", "districts"},
}


@dataclass(frozen=True)
class MenuRow:
    """One row of the layers menu.

    Attributes:
        name: What the scripts and the address call the layer.
        word: What the reader sees.
        on: Whether the page shows it unless asked otherwise.
        faults: Why it cannot be shown, or not whole; empty where it can.
        usable: Whether it can be switched at all.
        mark: Symbol that the map draws it with, of those in the page; empty for lines and areas.
    """

    name: str
    word: str
    on: bool = True
    faults: tuple[str, ...] = ()
    usable: bool = True
    mark: str = ""


def layer_menu(now: Reading) -> list[MenuRow]:
    """Return the rows of the layers menu, what lies lowest first."""
    rows = [MenuRow("internet", _("แผนที่จากอินเทอร์เน็ต"))] if settings().base_map_url else []
    heights = elevation(settings())
    faults = tuple(
        f"{refused.name} {refused.th if language() == 'th' else refused.en}"
        for refused in heights.refused
    )
    if heights.rasters or faults:
        usable = bool(heights.rasters)
        rows.append(MenuRow("hillshade", _("ความสูงต่ำของพื้นที่"), usable, faults, usable))
    rows += [
        MenuRow("rivers", _("แม่น้ำ อ่างเก็บน้ำ")),
        MenuRow("roads", _("ถนน")),
        MenuRow("subdistricts", _("ขอบเขตตำบล")),
        MenuRow("districts", _("ขอบเขตอำเภอ")),
        MenuRow("labels", _("ชื่อตำบลและอำเภอ")),
    ]
    words = {
        "villages": (_("ที่ตั้งหมู่บ้าน"), "village"),
        "served": (_("หมู่บ้านในเขตบริการ"), "served"),
        "zones": (_("เขตบริการ %(levels)s", levels=level_short(menu_level(now))), "zone"),
        "others": (_("โรงเรียนสังกัดอื่น"), "other"),
    }
    later = more_config(now)
    rows += [
        MenuRow(name, word, on=False, mark=mark)
        for name, (word, mark) in words.items()
        if name in later
    ]
    there = set(ground_names(now))
    return [row for row in rows if row.name not in _BASE_OF or there & _BASE_OF[row.name]]


def more_config(now: Reading) -> dict[str, dict[str, str]]:
    """Say where the layers are that are fetched when switched on; only those that exist."""
    found = {
        name: {"url": layer_url(now, layer, columns)}
        for name, (layer, columns) in _LATER.items()
        if _drawn(now, layer)
    }
    if can_be_drawn(now):
        address = link("served.served", round_name=now.round.name, lang=None, round=None)
        found["served"] = {"url": address, "one": f"{address}?school={{code}}"}
    if menu_level(now):
        found["zones"] = zone_addresses(now)
    return found


def _drawn(now: Reading, layer: str) -> bool:
    """Whether the round has places of a layer, and this reader may see them."""
    return "geometry" in now.access.of(layer) and has_places(now.file, layer)


def register(app: Flask) -> None:
    """Give templates the menu."""
    app.jinja_env.globals.update(layer_menu=layer_menu)

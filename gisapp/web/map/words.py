"""The few words that the map's scripts show."""

from gisapp.web.i18n import gettext as _
from gisapp.web.words import number


def map_words(*, empty: bool = False) -> dict[str, str]:
    """Return the words by the names that the scripts in ``static/map*.js`` know them by.

    Args:
        empty: Whether the round has no school: no filter and no missing place is to blame.
    """
    nobody = _("รอบนี้ไม่มีโรงเรียน")
    return {
        "km": _("กม."),
        # Set before Thai names only: English has no such prefix.
        "district": "อ.",
        "subdistrict": "ต.",
        "schools": _("โรงเรียน"),
        "pupils": _("นักเรียน"),
        "unknown": number(None),
        "failed": _("โหลดข้อมูลไม่สำเร็จ ลองใหม่อีกครั้ง"),
        "close": _("ปิด"),
        "in_view": _("โรงเรียนที่เห็นบนแผนที่"),
        "loading": _("กำลังโหลดข้อมูลโรงเรียน"),
        "nothing": nobody if empty else _("ไม่พบโรงเรียนตามตัวกรองนี้"),
        "no_places": nobody if empty else _("ยังไม่มีพิกัดโรงเรียน"),
        "one_place": _("โรงเรียน ณ จุดเดียวกัน"),
        "near": _("โรงเรียนใกล้ฉัน"),
        "near_none": _("ไม่มีโรงเรียนที่มีพิกัดจริง"),
        "near_refused": _("เบราว์เซอร์ไม่ได้รับอนุญาตให้บอกตำแหน่ง เปิดสิทธิ์ตำแหน่งแล้วลองใหม่"),
        "near_failed": _("หาตำแหน่งไม่ได้ ลองใหม่ในที่โล่ง"),
        "straight": _("เส้นตรง ไม่ใช่ระยะทางถนน"),
    }

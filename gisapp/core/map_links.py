"""Both values of a place out of one text that a map wrote: a link, or a point as WKT."""

import re

_NUMBER = r"([+-]?\d{1,3}\.\d+)"
_BETWEEN = r"\s*(?:,|%2c)[\s+]*"
_LINK = re.compile(r"(?:https?://|www\.|maps?\.|geo:)")
#: Ways in which links say latitude and longitude: the place itself before the view around it.
_IN_LINKS = (
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),
    re.compile(
        rf"[?&](?:q|query|ll|daddr|destination|center)=(?:loc:)?{_NUMBER}{_BETWEEN}{_NUMBER}"
    ),
    re.compile(rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}"),
    re.compile(rf"/(?:place|search)/{_NUMBER}{_BETWEEN}{_NUMBER}"),
    re.compile(rf"geo:{_NUMBER},{_NUMBER}"),
    re.compile(rf"/@{_NUMBER},{_NUMBER}"),
    re.compile(rf"#map=\d+/{_NUMBER}/{_NUMBER}"),
)
#: x before y. Source: OGC 06-103r4, 7.
_WKT = re.compile(rf"(?:srid=4326;)?\s*point\s*z?\s*\(\s*{_NUMBER}\s+{_NUMBER}(?:\s+\S+)?\s*\)")


def both_of_map(text: str) -> tuple[str, str] | None:
    """Return the texts of latitude and longitude; None where a map wrote no such thing.

    Args:
        text: In small letters, with the digits 0 to 9. A short link says nothing: where it
            leads, only the map knows.
    """
    if found := _WKT.fullmatch(text):
        return found[2], found[1]
    if _LINK.match(text):
        for way in _IN_LINKS:
            if found := way.search(text):
                return found[1], found[2]
    return None

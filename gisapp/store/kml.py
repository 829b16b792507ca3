"""Placemarks of a KML: names, attributes and points. Source: OGC 12-007r2 (KML 2.3)."""

from xml.parsers import expat

from gisapp.errors import MapAmongSheetsError
from gisapp.store.packages import damaged

Place = tuple[float, float] | None
_SHAPES = frozenset({"LineString", "LinearRing", "Polygon", "Model", "Track"})
_DEEPEST = 100


class _Placemarks:
    """What the parser has met so far."""

    def __init__(self) -> None:
        self.records: list[dict[str, object]] = []
        self.places: list[Place] = []
        self.path: list[str] = []
        self.key = ""
        self.text: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self.path.append(tag)
        self.text = []
        if len(self.path) > _DEEPEST or (len(self.path) == 1 and tag != "kml"):
            raise damaged()
        if tag == "Placemark":
            self.records.append({})
            self.places.append(None)
        elif "Placemark" in self.path and tag in _SHAPES:
            raise MapAmongSheetsError("เป็นแผนที่ของเส้นหรือพื้นที่", "it is a map of lines or areas")
        elif tag in ("Data", "SimpleData"):
            self.key = attributes.get("name", "")

    def letters(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        tag, text = self.path.pop(), "".join(self.text).strip()
        self.text = []
        above = self.path[-1] if self.path else ""
        if "Placemark" not in self.path:
            return
        if above == "Placemark" and tag in ("name", "description"):
            self._keep(tag, text)
        elif (above == "Data" and tag == "value") or tag == "SimpleData":
            self._keep(self.key, text)
        elif tag == "coordinates" and above == "Point":
            self.places[-1] = _point(text)

    def _keep(self, key: str, text: str) -> None:
        if text:
            self.records[-1].setdefault(key, text)


def read_placemarks(content: bytes) -> tuple[list[dict[str, object]], list[Place]]:
    """Read each placemark's attributes and its (lon, lat); None for one without a point.

    Raises:
        MapAmongSheetsError: Lines or areas.
        UnreadableFileError: Not a KML.
    """
    found = _Placemarks()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.begin
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.letters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged() from error
    return found.records, found.places


def _refuse_doctype(*_: object) -> None:
    """A document type may declare texts that grow without end; a KML has none."""
    raise damaged()


def _point(text: str) -> Place:
    parts = text.split(",")
    try:
        return float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        return None

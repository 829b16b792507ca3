"""Every error that gisapp raises on purpose.

Each error is also the built-in class that a caller would expect, and speaks two
languages: ``str(error)`` is English, ``error.th`` is Thai. The edges (cli, web) choose.
"""

import copyreg
from collections.abc import Iterable


class GisappError(Exception):
    """Base class: catch this one at the edges (cli and web)."""

    def __init__(self, th: str, en: str) -> None:
        """Keep one clear sentence per language: what was found, expected, and what to do."""
        super().__init__(en)
        self.th = th
        self.en = en

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole, whatever a class asks of those who raise it."""
        return copyreg.__newobj__, (type(self), self.en), self.__dict__  # type: ignore[attr-defined]


class OfficeNotFoundError(GisappError, FileNotFoundError):
    """A folder is not an office: it has no ``office.toml``."""


class OfficeSettingsError(GisappError, ValueError):
    """``office.toml`` holds something that cannot be meant."""


class RoundNameError(GisappError, ValueError):
    """A name is not ``<academic year BE>-<1|2|3>``."""


class RoundNotFoundError(GisappError, LookupError):
    """A round has no folder, no sheet, or has not been built."""


class DatumOperationError(GisappError, ValueError):
    """The named operation does not lead from Indian 1975 to WGS 84."""


class UnreadableFileError(GisappError, ValueError):
    """A received file cannot be opened: damaged, protected, or not what its name says."""


class MapAmongSheetsError(UnreadableFileError):
    """A file among the sheets is a map: it belongs into another folder."""


class PersonDataError(GisappError, ValueError):
    """A sheet holds data about persons. It is refused; no cell of it is repeated anywhere."""


class TableError(GisappError, ValueError):
    """A table that officers edit (columns, criteria) is not usable."""


class NoLandError(GisappError, LookupError):
    """An office has no polygon at all, so nobody knows where its land lies."""


class CoverageFailedError(GisappError, RuntimeError):
    """A round is published, but the children of its service zones could not be worked out."""


class LayerNotFoundError(GisappError, LookupError):
    """A layer or school is not in the published file."""


class UnknownChoiceError(GisappError, ValueError):
    """A filter, an order or a view that does not exist.

    Attributes:
        name: Its name in the address.
        value: What was asked for.
    """

    def __init__(self, name: str, value: str) -> None:
        """Keep the name, so that a page can offer itself without it."""
        super().__init__(
            f"ไม่มี “{value}” ให้เลือกในรอบข้อมูลนี้ ({name})",
            f"there is no '{value}' to choose in this round ({name})",
        )
        self.name = name
        self.value = value


class ProblemNotFoundError(GisappError, LookupError):
    """A round has no problem of that id now."""


class NotCheckedError(GisappError, LookupError):
    """A round has not been checked, or its check wrote no such file."""


class StaleProblemError(GisappError, LookupError):
    """A decision is about something that has changed since it was shown."""


class AlreadyDecidedError(StaleProblemError):
    """Somebody has decided about the same figures meanwhile."""


class JobRunningError(GisappError, RuntimeError):
    """A round is being checked or published already."""


class UploadRefusedError(GisappError, ValueError):
    """A file that was handed over on a page is none that may come that way."""


class DecisionError(GisappError, ValueError):
    """A decision lacks its reason or the name of who decides."""


class SchedulerError(GisappError, RuntimeError):
    """Work cannot be handed to other processes: nobody answers, or dask is not installed."""


class ZoneGeometryError(GisappError, ValueError):
    """Polygons from which no area can be taken: they cross themselves or have no finite place.

    Attributes:
        zones: Their numbers, from 0.
    """

    def __init__(self, zones: Iterable[int]) -> None:
        """Name the zones as people count them, from 1."""
        self.zones = tuple(int(zone) for zone in zones)
        told = ", ".join(str(zone + 1) for zone in self.zones[:5])
        more = max(len(self.zones) - 5, 0)
        th, en = (f" และอีก {more} รูป", f" and {more} more") if more else ("", "")
        super().__init__(
            f"รูปปิดลำดับที่ {told}{th} ตัดหรือซ้อนทับตัวเอง หรือมีพิกัดที่ไม่ใช่ตัวเลข ให้แก้ไขรูปปิดก่อน",
            f"polygon no. {told}{en} crosses or overlaps itself or has coordinates that are no "
            "numbers; mend the geometry first",
        )


class UnsafePathError(GisappError, ValueError):
    """A name from outside would lead out of the folder it belongs to."""


class AccessDeniedError(GisappError, PermissionError):
    """What was asked for is not public here."""


class FileInUseError(GisappError, PermissionError):
    """A file cannot be written: open in another program (Windows), or the disk is full."""


class FolderInUseError(GisappError, FileExistsError):
    """A folder that should be new already holds something."""

"""The views of the map and the size classes: those that a round was built with."""

import functools
from collections.abc import Mapping
from dataclasses import replace

from gisapp.core.map_views import View, make_views
from gisapp.core.sizes import SCHEMES, SIZES_STATED, SizeClass, sizes_from_text
from gisapp.errors import UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.bundled import criteria_dir
from gisapp.store.checked import read_statements
from gisapp.store.published import LayerFile
from gisapp.store.tables import read_map_steps, read_size_classes

#: (path, time of change in ns, bytes) of each table.
Stamp = tuple[tuple[str, int, int], ...]


def size_classes(
    settings: Settings, file: LayerFile | None
) -> Mapping[str, Mapping[str, SizeClass]]:
    """Return scheme -> class -> its limits and names, fewest pupils first.

    The limits are those that the schools of a round were classed by when it was built, whatever
    the office's table says since; names are the table's of now where the limits are the same.

    Args:
        settings: The office.
        file: The round; None, or one that does not state its classes, is told by the table of now.

    Raises:
        TableError: The table cannot be used.
    """
    return _sizes(settings, file, table_stamp(settings, "size_classes"))


def has_other_sizes(settings: Settings, file: LayerFile) -> bool:
    """Tell whether the office's table of sizes has changed since a round was built.

    Raises:
        TableError: The table cannot be used.
    """
    built, now = size_classes(settings, file), size_classes(settings, None)
    return _limits(built) != _limits(now)


def map_views(settings: Settings, file: LayerFile | None) -> Mapping[str, View]:
    """Return name -> view of a round, in the order in which a reader finds them.

    Raises:
        TableError: A table cannot be used.
    """
    return _views(settings, file, table_stamp(settings, "size_classes", "map_classes"))


def table_stamp(settings: Settings, *names: str) -> Stamp:
    """Return what changes with every edit of a table."""
    found = []
    for name in names:
        own = settings.criteria_dir / f"{name}.csv"
        path = own if own.is_file() else criteria_dir() / own.name
        status = path.stat()
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _limits(sizes: Mapping[str, Mapping[str, SizeClass]]) -> list[tuple[object, ...]]:
    return [size.limits for scheme in sizes.values() for size in scheme.values()]


@functools.lru_cache(maxsize=32)
def _sizes(
    settings: Settings, file: LayerFile | None, _as_now: Stamp
) -> dict[str, dict[str, SizeClass]]:
    """Read the size classes; the same files, unchanged, are read once."""
    now = {size.limits: size for size in read_size_classes(settings)}
    built = (_stated(file) if file else None) or tuple(now.values())
    found: dict[str, dict[str, SizeClass]] = {scheme: {} for scheme in SCHEMES}
    for size in built:
        called = now.get(size.limits, size)
        found[size.scheme][size.name] = replace(
            size, label_th=called.label_th, label_en=called.label_en
        )
    return found


@functools.lru_cache(maxsize=32)
def _views(settings: Settings, file: LayerFile | None, as_now: Stamp) -> dict[str, View]:
    """Read the views; the same files, unchanged, are read once."""
    sizes = _sizes(settings, file, as_now[:1])
    return make_views(
        read_map_steps(settings), {scheme: tuple(known) for scheme, known in sizes.items()}
    )


def _stated(file: LayerFile) -> tuple[SizeClass, ...] | None:
    """Return the classes that a round says it was built with; None where it does not say."""
    try:
        stated = read_statements(file).get(SIZES_STATED)
    except UnreadableFileError:  # made by another program; who reads its schools will tell
        return None
    return sizes_from_text(stated) if stated else None

"""Where the files that ship with gisapp are: in a checkout, or inside an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_dir() -> Path:
    """Jinja pages."""
    return _find("templates", "templates")


def styles_dir() -> Path:
    """Default QGIS styles, one ``.qml`` per layer."""
    return _find("styles", "layers/styles")


def criteria_dir() -> Path:
    """Size classes, access and other tables that officers edit."""
    return _find("criteria", "data/criteria")


def columns_dir() -> Path:
    """Headings of the forms, one table per form."""
    return _find("columns", "data/columns")


def _find(inside_wheel: str, in_checkout: str) -> Path:
    inside = _PACKAGE / "_bundled" / inside_wheel
    return inside if inside.is_dir() else _PACKAGE.parent / in_checkout

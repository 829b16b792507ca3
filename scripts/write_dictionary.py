"""Write docs/data-dictionary.md from the tables that the code uses."""

from pathlib import Path

from gisapp.settings import Settings
from gisapp.store.dictionary_text import dictionary_text

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the file anew."""
    settings = Settings(office_dir=ROOT, area_code="00000000", name_th="", name_en="")
    (ROOT / "docs" / "data-dictionary.md").write_text(dictionary_text(settings), encoding="utf-8")


if __name__ == "__main__":
    main()

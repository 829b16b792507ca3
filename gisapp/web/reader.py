"""Who is reading what: language, round, and what they may see, for one request."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from gisapp.core.profile_rows import District, School, ServiceVillage, Subdistrict
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError
from gisapp.settings import Settings
from gisapp.store.published import LayerFile, layer_file, read_rows, read_schools, rounds_built
from gisapp.store.tables import read_criteria
from gisapp.web.access import Access, access_from

LANGUAGES = ("th", "en")

#: What an answer says once, about a form just sent.
_SAID_ONCE = ("done", "about")

#: Shown where an office has no round folder yet.
_EXAMPLE_ROUND = "2568-1"


@dataclass(frozen=True)
class Reading:
    """One round as one reader may see it.

    Attributes:
        round: The round asked for, else the newest one built.
        rounds: Every round built, oldest first.
        file: The round's GeoPackage.
        access: What this reader may see.
    """

    round: Round
    rounds: tuple[Round, ...]
    file: LayerFile
    access: Access

    def schools(self) -> tuple[School, ...]:
        """Return every school of the round."""
        return read_schools(self.file, self.access.of("schools"))


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.config["GISAPP"]
    return found


def access() -> Access:
    """Return what readers of this service may see: the office's table, else the one that ships."""
    rows = read_criteria(settings(), "access")
    return access_from(rows, office_pages=current_app.config["GISAPP_OFFICE_PAGES"])


def language() -> str:
    """Return the reader's language: asked for in the address, else the office's."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else settings().language


def reading() -> Reading:
    """Return what this request reads.

    Raises:
        RoundNotFoundError: Nothing is built yet, or not the round asked for.
        RoundNameError: The round asked for has no such name.
    """
    if "reading" not in g:
        rounds = rounds_built(settings())
        asked = request.args.get("round")
        if not rounds and not asked:
            raise nothing_built()
        chosen = Round.parse(asked) if asked else rounds[-1]
        g.reading = Reading(chosen, rounds, layer_file(settings(), chosen.name), access())
    found: Reading = g.reading
    return found


def nothing_built() -> RoundNotFoundError:
    """Return the error that names the command to run."""
    folder = settings().rounds_dir
    names = (
        sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    )
    name = names[-1] if names else _EXAMPLE_ROUND
    return RoundNotFoundError(
        f"สำนักงานนี้ยังไม่มีรอบข้อมูลที่สร้างแล้ว สั่ง gisapp build {name}",
        f"no round of this office is built yet; run `gisapp build {name}`",
    )


def link(endpoint: str, **values: object) -> str:
    """Return an address that keeps the reader's language and round."""
    for name in ("lang", "round"):
        if name not in values and name in request.args:
            values[name] = request.args[name]
    return _address(endpoint, values)


def here(**changes: object) -> str:
    """Return the address of this very page, some of its questions changed; None drops one."""
    told = request.args.to_dict(flat=False)
    kept = {name: value for name, value in told.items() if name not in _SAID_ONCE}
    asked: dict[str, object] = {**kept, **(request.view_args or {})}
    return _address(request.endpoint or "pages.home", asked | changes)


def _address(endpoint: str, values: Mapping[str, object]) -> str:
    """Build an address without empty questions."""
    known: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, "", [], ())
    }
    return url_for(endpoint, **known)


@functools.lru_cache(maxsize=16)
def subdistrict_names(now: Reading) -> dict[str, Subdistrict]:
    """Return subdistricts by code."""
    rows = read_rows(now.file, "subdistricts", Subdistrict, now.access.of("subdistricts"))
    return {row.subdistrict_code: row for row in rows}


@functools.lru_cache(maxsize=16)
def district_names(now: Reading) -> dict[str, District]:
    """Return districts by their Thai name, as schools state them."""
    rows = read_rows(now.file, "districts", District, now.access.of("districts"))
    return {row.district_th or "": row for row in rows}


@functools.lru_cache(maxsize=16)
def village_words(now: Reading) -> dict[str, str]:
    """Return smis_code -> names of the villages it serves, for the search."""
    rows = read_rows(
        now.file, "service_villages", ServiceVillage, now.access.of("service_villages")
    )
    words: dict[str, list[str]] = {}
    for row in rows:
        words.setdefault(row.smis_code, []).append(row.village_name or "")
    return {code: " ".join(dict.fromkeys(names)) for code, names in words.items()}


def register(app: Flask) -> None:
    """Give templates the functions of this module."""
    app.jinja_env.globals.update(link=link, here=here, reading=reading, language=language)

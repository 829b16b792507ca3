"""Who is reading what: language, round, and what they may see, for one request."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from gisapp.core.profile_rows import District, School, Subdistrict
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError, UnknownChoiceError
from gisapp.settings import Settings
from gisapp.store.published import LayerFile, layer_file, read_rows, read_schools, rounds_built
from gisapp.store.tables import read_criteria
from gisapp.web.access import Access, access_from
from gisapp.web.per_request import once_per_request

LANGUAGES = ("th", "en")

#: Longest text anybody searches for; longer ones are cut, not refused.
TEXT_LENGTH = 80

#: Most letters of a question's name that is repeated in the links of a page.
_NAME_LENGTH = 20

#: Questions with longer answers, and how long: places, columns, files, the reasons of officers.
_LONG_ANSWERS = dict.fromkeys(("district", "network", "cols", "file", "reason"), 500)

#: Most letters repeated of a value or code that does not exist.
_SAID_LENGTH = 40

#: What an answer says once, about a form just sent; and names that mean something to `url_for`.
_NOT_KEPT = {"done", "about", "endpoint", "_anchor", "_external", "_method", "_scheme"}

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


@once_per_request
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


def reading_of(round_name: str) -> Reading:
    """Return a round named in an address's path, as `reading` would.

    Raises:
        RoundNotFoundError: The round is not built.
        RoundNameError: No round has such a name.
    """
    named = Round.parse(round_name)
    file = layer_file(settings(), named.name)
    g.reading = Reading(named, rounds_built(settings()), file, access())
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
    told = questions()
    for name in ("lang", "round"):
        if name not in values and name in told:
            values[name] = told[name]
    return _address(endpoint, values)


@once_per_request
def questions() -> dict[str, list[str]]:
    """Return the questions of this address that another address may repeat, each value once."""
    told = {
        name: list(dict.fromkeys(v[: _LONG_ANSWERS.get(name, TEXT_LENGTH)] for v in values))
        for name, values in request.args.to_dict(flat=False).items()
        if name not in _NOT_KEPT and len(name) <= _NAME_LENGTH
    }
    if "q" in told:
        told["q"] = [" ".join(told["q"][0].split())[:TEXT_LENGTH]]
    if not set(told.get("lang", ())).issubset(LANGUAGES):
        del told["lang"]
    return told


def here(**changes: object) -> str:
    """Return the address of this very page, some of its questions changed; None drops one."""
    parts = {name: str(part)[:TEXT_LENGTH] for name, part in (request.view_args or {}).items()}
    asked: dict[str, object] = {**questions(), **parts}
    return _address(request.endpoint or "pages.home", asked | changes)


def shortened(text: str) -> str:
    """Return what is repeated of a value that somebody sent: never more than a line holds."""
    return text if len(text) <= _SAID_LENGTH else f"{text[:_SAID_LENGTH]}…"


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


def refuse_unknown_language() -> None:
    """Read a language as any other choice: one that does not exist is told.

    Raises:
        UnknownChoiceError: The address asks for a language that no page has.
    """
    asked = request.args.get("lang", "")
    if asked and asked not in LANGUAGES and request.endpoint != "static":
        raise UnknownChoiceError("lang", asked)


def sees(*columns: str, layer: str = "schools") -> bool:
    """Tell whether a reader may see columns of a layer, or anything of it where none is named.

    What may not be seen is left out of a page, never told as not known.
    """
    seen = reading().access.of(layer)
    return seen.issuperset(columns) if columns else bool(seen)


def register(app: Flask) -> None:
    """Give templates the functions of this module, and check the language of every address."""
    app.before_request(refuse_unknown_language)
    app.jinja_env.globals.update(
        link=link,
        here=here,
        questions=questions,
        reading=reading,
        sees=sees,
        language=language,
        shortened=shortened,
    )

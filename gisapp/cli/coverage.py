"""The command that works out the children of service zones."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from gisapp.cli.common import about_round, main, now
from gisapp.cli.reports import SEVERITY
from gisapp.core.coverage.counting.lacking import why_unknown
from gisapp.core.coverage.criteria import ALL, CoverageCriteria
from gisapp.core.grades import LEVEL_NAMES
from gisapp.core.problems import SEVERITIES
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.tables import read_coverage_criteria, unlisted_layers

if TYPE_CHECKING:
    from gisapp.pipeline.coverage import Covered

#: Before a figure that may be higher, in English and in Thai.
_LEAST = ("at least ", "อย่างน้อย ")

#: Figures of the office that programs are told.
_FIGURES = (
    "population",
    "covered_population",
    "covered_at_least",
    "covered_at_most",
    "coverage_rate",
    "unlocated_schools",
    "unplaced_population",
    "edge_population",
    "enrolled",
    "enrolled_at_least",
    "schools_without_pupils",
    "gross_enrolment_ratio",
    "gross_intake_ratio",
)


@main.command()
@about_round
def coverage(office: Path, round_name: str, as_json: bool) -> None:
    """Work out the school-age children of each service zone of ROUND, and who lives too far.

    In the JSON coverage_rate is a share from 0 to 1; gross_* ratios are percent; null is unknown.
    """
    # Imported here: its compiled loops take longer to load than most commands to run.
    from gisapp.pipeline.coverage import compute_coverage

    settings = Settings.load(office)
    covered = compute_coverage(settings, Round.parse(round_name), now())
    criteria = read_coverage_criteria(settings)
    if as_json:
        click.echo(json.dumps(_answer(settings, covered, criteria), ensure_ascii=False))
    else:
        _report(settings, covered, criteria)


def coverage_line(covered: "Covered", criteria: CoverageCriteria) -> None:
    """Print one line about a round: primary children, and how many live within reach."""
    rows = _own_reach(covered, criteria)
    for row in rows[rows["education_level"] == "primary"].to_dict("records"):
        said = _line(row, criteria, _why_unknown(covered, row, criteria, thai=True), thai=True)
        click.echo(f"  {covered.data_round}  {said}")


def _report(settings: Settings, covered: "Covered", criteria: CoverageCriteria) -> None:
    """Say for each level how many children there are, how many are within reach and enrolled."""
    thai, words = settings.language == "th", SEVERITY[settings.language]
    name = settings.name_th if thai else settings.name_en
    click.echo(f"{name} · {'รอบ' if thai else 'round'} {covered.data_round}")
    for row in _own_reach(covered, criteria).to_dict("records"):
        why = _why_unknown(covered, row, criteria, thai=thai)
        click.echo(_line(row, criteria, why, thai=thai))
    counts = Counter(problem.severity for problem in covered.problems)
    click.echo(" · ".join(f"{words[severity]} {counts[severity]}" for severity in SEVERITIES[1:]))
    for problem in covered.problems:
        if problem.severity == SEVERITIES[1]:
            click.echo(f"[{words[problem.severity]}] {problem.message(settings.language)}")
            click.echo(f"    → {problem.advice(settings.language)}")
    layers = settings.layer_file(covered.data_round.name)
    click.echo(f"{'เผยแพร่แล้ว' if thai else 'published'}: {layers}")
    if unlisted := ", ".join(unlisted_layers(settings, covered.layers)):
        click.echo(
            f"หน้าเว็บจะไม่แสดง {unlisted} เพราะ data/criteria/access.csv ของสำนักงานไม่มีแถวของชั้นเหล่านี้ "
            "คัดลอกแถวจากตารางที่มากับโปรแกรม\n"
            f"pages will not show {unlisted}: the office's data/criteria/access.csv has no rows of "
            "them; copy these from the table that ships with gisapp",
            err=True,
        )


def _line(row: dict[Any, Any], criteria: CoverageCriteria, why: str, *, thai: bool) -> str:
    """Write a level's figures; what is not known is said so and `why`, and never 0."""
    level = str(row["education_level"])
    ages, name = criteria.level(level), LEVEL_NAMES[level][0 if thai else 1]
    years = f"{ages.first_age}–{ages.last_age}"
    reach = f"{row['reach_value']:g} {'กม.' if thai else 'km'}"
    population = row["population"]
    parts = [
        f"{name} ({years} {'ปี' if thai else 'years'}): "
        f"{'เด็ก' if thai else 'children'} {_people(population, thai=thai)}"
        + (f" ({why})" if why else ""),
        f"{'ในระยะ' if thai else 'within'} {reach} {_share(row, thai=thai)}",
        f"{'นักเรียน' if thai else 'pupils'} {_pupils(row, thai=thai)}",
    ]
    least, ratio = "", row["gross_enrolment_ratio"]
    if pd.isna(row["enrolled"]) and population and row["enrolled_at_least"]:
        # Rounded down: the ratio is no less than what is written.
        ratio = math.floor(round(row["enrolled_at_least"] / population * 1000, 5)) / 10
        least = _LEAST[thai]
    if not pd.isna(ratio):
        name = "อัตราเข้าเรียนอย่างหยาบ" if thai else "gross enrolment"
        parts.append(f"{name} {least}{ratio:.1f}%")
    return " · ".join(parts)


def _why_unknown(
    covered: "Covered", row: dict[Any, Any], criteria: CoverageCriteria, *, thai: bool
) -> str:
    """Say which numbers are missing where a level's children are unknown; "" where they are not."""
    if not pd.isna(row["population"]):
        return ""
    level = criteria.level(str(row["education_level"]))
    ages, areas = (
        rows[rows["education_level"].eq(level.education_level) & rows[figure].isna()]
        for rows, figure in (
            (covered.layers["zone_children"], "persons"),
            (covered.layers["subdistrict_coverage"], "population"),
        )
    )
    named = areas.dropna(subset="subdistrict_code").drop_duplicates("subdistrict_code")
    why = why_unknown(
        level, ages["age"].astype(int), named["subdistrict_th"].tolist(), english=not thai
    )
    least = _known_children(covered, row)
    return f"{_LEAST[thai]}{least:,.0f} · {why}" if least else why


def _known_children(covered: "Covered", row: dict[Any, Any]) -> float:
    """Return the children of a level in the subdistricts that have a number."""
    areas, asked = covered.layers["subdistrict_coverage"], ["education_level", "affiliations"]
    same = areas[[*asked, "reach_kind", "reach_value"]].eq(
        {name: row[name] for name in (*asked, "reach_kind", "reach_value")}
    )
    return float(areas.loc[same.all(axis=1), "population"].sum())


def _pupils(row: dict[Any, Any], *, thai: bool) -> str:
    """Write how many pupils there are, or how many at least and why nobody knows it."""
    silent, least = row["schools_without_pupils"], row["enrolled_at_least"]
    if not pd.isna(row["enrolled"]) or not silent:
        return _people(row["enrolled"], thai=thai)
    if thai:
        why = f"ไม่ทราบ {silent:,} โรงเรียน"
    else:
        why = f"unknown for {silent:,} school{'' if silent == 1 else 's'}"
    return f"{_LEAST[thai]}{least:,} ({why})" if least else why


def _share(row: dict[Any, Any], *, thai: bool) -> str:
    """Write the share within reach, or between which shares it lies and why nobody knows it."""
    if not pd.isna(rate := row["coverage_rate"]):
        return f"{rate:.1%}"
    population, hidden = row["population"], row["unlocated_schools"]
    if pd.isna(population) or not population:
        return "ไม่ทราบ" if thai else "not known"
    # Rounded away from each other: the share must lie between what is written.
    least = math.floor(round(row["covered_at_least"] / population * 1000, 5)) / 10
    most = math.ceil(round(row["covered_at_most"] / population * 1000, 5)) / 10
    if not hidden:
        why = "ยังไม่ทราบแน่" if thai else "not certain"
    elif thai:
        why = f"ไม่ทราบระยะ {hidden:,} โรงเรียน"
    else:
        why = f"distance unknown for {hidden:,} school{'' if hidden == 1 else 's'}"
    return f"{least:,.1f}–{most:,.1f}% ({why})"


def _people(count: Any, *, thai: bool) -> str:
    if pd.isna(count):
        return "ไม่ทราบ" if thai else "not known"
    return f"{count:,.0f}"


def _own_reach(covered: "Covered", criteria: CoverageCriteria) -> pd.DataFrame:
    """Rows of the office at its own reach, schools of every affiliation counted."""
    rows, reach = covered.layers["office_coverage"], criteria.own_reach
    asked = (rows["reach_kind"] == reach.kind) & (rows["reach_value"] == reach.value)
    return rows[asked & (rows["affiliations"] == ALL) & rows["area_code"].notna()]


def _answer(settings: Settings, covered: "Covered", criteria: CoverageCriteria) -> dict[str, Any]:
    """The same for programs."""
    counts = Counter(problem.severity for problem in covered.problems)
    levels = {
        row["education_level"]: {
            name: None if pd.isna(row[name]) else float(row[name]) for name in _FIGURES
        }
        for row in _own_reach(covered, criteria).to_dict("records")
    }
    return {
        "round": covered.data_round.name,
        "reach_kind": criteria.own_reach.kind,
        "reach_value": criteria.own_reach.value,
        "affiliations": ALL,
        "levels": levels,
        "zones": len(covered.layers["service_zones"]),
        "problems": {severity: counts[severity] for severity in SEVERITIES},
        "published": str(settings.layer_file(covered.data_round.name)),
    }

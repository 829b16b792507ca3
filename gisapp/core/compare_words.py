"""What a comparison says in words: its counts, its line for people, the words of its codes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from gisapp.core.compare import Comparison
from gisapp.core.compare_schools import CLOSED, KEPT, MERGED, NEW
from gisapp.core.compare_sources import BOTH, ONLY_OTHER, ONLY_PUBLISHED, SourceComparison
from gisapp.core.dictionary import LAYERS
from gisapp.core.forms import FORM
from gisapp.core.grades import GRADES
from gisapp.core.place_words import MISSING, SUBDISTRICT, SURVEYED, VILLAGE

#: Thai words of the codes that a comparison holds.
WORDS_TH = {
    NEW: "เพิ่มใหม่",
    CLOSED: "เลิก",
    MERGED: "รวม",
    KEPT: "คงเดิม",
    BOTH: "ทั้งสองแหล่ง",
    ONLY_PUBLISHED: "เฉพาะสำนักงาน",
    ONLY_OTHER: "เฉพาะไฟล์ระดับประเทศ",
    SURVEYED: "สำรวจแล้ว",
    VILLAGE: "จุดหมู่บ้าน",
    SUBDISTRICT: "จุดแทนในตำบล",
    MISSING: "ไม่มีพิกัด",
    "total": "รวมทุกระดับ",
    "pre_primary": "ก่อนประถมศึกษา",
    "primary": "ประถมศึกษา",
    "lower_secondary": "มัธยมศึกษาตอนต้น",
    "upper_secondary": "มัธยมศึกษาตอนปลาย",
    "office": "ทั้งสำนักงาน",
    "moved": "ย้ายจุด",
    "ministry_code": "รหัสกระทรวงเดียวกัน",
    "name_and_subdistrict": "ชื่อและตำบลเดียวกัน",
    **{column.name: column.title_th for column in LAYERS["schools"].columns
       if column.name not in ("pre_primary", "primary", "lower_secondary", "upper_secondary",
                              "ministry_code")},
    **{grade.code: grade.label_th for grade in GRADES},
}  # fmt: skip

#: Forms whose cells are compared; where a round took one over, nothing in it can have changed.
_COMPARED_FORMS = ("register", "basic_info", "enrolment", "enrolment_long")


@dataclass(frozen=True)
class Summary:
    """Counts of a comparison. Pupils are null where a round knows none at all.

    Attributes:
        recoded: Proposed pairs of a school that went and one that came.
        schools_uncompared: Schools whose pupils are not all known in both rounds.
        students_uncompared: What those add to the difference of the totals beyond
            `students_change`, which is the sum over all other schools.
        size_changed, size_class_7_changed: Schools of another class of four, and of seven.
    """

    round_before: str
    round_after: str
    schools_before: int
    schools_after: int
    new: int
    closed: int
    merged: int
    recoded: int
    renamed: int
    moved: int
    subdistrict_changed: int
    network_changed: int
    size_changed: int
    size_class_7_changed: int
    students_before: int | None
    students_after: int | None
    students_change: int | None
    students_uncompared: int
    schools_uncompared: int


def summarise(compared: Comparison) -> Summary:
    """Count what a comparison found."""
    schools = compared.schools
    fate = schools["fate"].value_counts()
    stated = compared.values["column"].value_counts()
    totals = compared.totals
    office = totals[(totals["unit_kind"] == "office") & (totals["scope"] == "total")]
    return Summary(
        compared.before.name,
        compared.after.name,
        int(schools["in_before"].sum()),
        int(schools["in_after"].sum()),
        new=int(fate.get(NEW, 0)),
        closed=int(fate.get(CLOSED, 0)),
        merged=int(fate.get(MERGED, 0)),
        recoded=len(compared.recoded),
        renamed=int(stated.get("school_name_th", 0)),
        moved=int(compared.points["moved"].sum()),
        subdistrict_changed=int(stated.get("subdistrict", 0)),
        network_changed=int(stated.get("school_network", 0)),
        size_changed=int(stated.get("size_class_4", 0)),
        size_class_7_changed=int(stated.get("size_class_7", 0)),
        students_before=_number(office["students_before"]),
        students_after=_number(office["students_after"]),
        students_change=_number(office["students_change"]),
        students_uncompared=_number(office["students_uncompared"]) or 0,
        schools_uncompared=int(schools["students_change"].isna().sum()),
    )


def _number(one: pd.Series) -> int | None:
    return None if one.empty or pd.isna(one.iloc[0]) else int(one.iloc[0])


def summary_lines(compared: Comparison, language: str) -> list[str]:
    """Say the counts of a comparison in two lines, and in more where a reader is warned."""
    found = summarise(compared)
    thai = language == "th"
    schools, pupils = ("โรงเรียน", "นักเรียน") if thai else ("schools", "pupils")
    change = ""
    if found.students_before is not None and found.students_after is not None:
        change = f" ({signed(found.students_after - found.students_before)})"
    counted = {
        ("เพิ่มใหม่", "new"): found.new,
        ("เลิก", "closed"): found.closed,
        ("รวม", "merged"): found.merged,
        ("อาจเปลี่ยนรหัส", "perhaps re-coded"): found.recoded,
        ("เปลี่ยนชื่อ", "renamed"): found.renamed,
        ("ย้ายจุด", "moved"): found.moved,
        ("เปลี่ยนตำบล", "other subdistrict"): found.subdistrict_changed,
        ("เปลี่ยนเครือข่าย", "other network"): found.network_changed,
        ("เปลี่ยนขนาด (4 กลุ่ม)", "other size class (of 4)"): found.size_changed,
        ("เปลี่ยนขนาด (7 กลุ่ม)", "other size class (of 7)"): found.size_class_7_changed,
    }
    lines = [
        f"{'รอบ' if thai else 'round'} {found.round_before} → {found.round_after} · "
        f"{schools} {found.schools_before:,} → {found.schools_after:,} · "
        f"{pupils} {_shown(found.students_before)} → {_shown(found.students_after)}{change}",
        " · ".join(f"{names[not thai]} {number:,}" for names, number in counted.items()),
    ]
    if found.schools_uncompared:
        lines.append(
            f"ในโรงเรียนที่เทียบได้ต่าง {signed(found.students_change or 0)} คน ที่เหลือ "
            f"{signed(found.students_uncompared)} คนมาจาก {found.schools_uncompared:,} โรงเรียน"
            "ที่เทียบไม่ได้ เพราะบางรอบไม่มีตัวเลขครบ"
            if thai
            else f"{signed(found.students_change or 0)} in the schools that can be compared; the "
            f"other {signed(found.students_uncompared)} come from schools of which a round does "
            f"not know all pupils ({found.schools_uncompared:,})"
        )
    return lines + _borrowed(compared.taken_over, thai=thai)


def _borrowed(taken_over: pd.DataFrame, *, thai: bool) -> list[str]:
    """Warn of sheets that one round took from another: there nothing can have changed."""
    lines = []
    for row in taken_over[taken_over["form"].isin(_COMPARED_FORMS)].to_dict("records"):
        form = FORM.get(row["form"])
        if thai:
            title = form.title_th if form else row["form"]
            lines.append(f"รอบ {row['data_round']} ใช้{title} ของรอบ {row['taken_from']}")
        else:
            title = form.title_en if form else row["form"]
            lines.append(f"round {row['data_round']} uses {row['taken_from']}'s: {title}")
    return lines


@dataclass(frozen=True)
class SourceSummary:
    """Counts of a comparison with one other source of a round.

    Attributes:
        students_before, students_after: Pupils published, and by the other source.
        schools_differing: Schools in both in which any grade differs by sex or in sum.
        only_published, only_other: Schools that one of the two lacks.
    """

    data_round: str
    source_file: str
    students_before: int | None
    students_after: int | None
    students_change: int | None
    schools_differing: int
    grades_differing: int
    only_published: int
    only_other: int


def summarise_sources(compared: SourceComparison) -> list[SourceSummary]:
    """Count what a comparison of sources found, source by source."""
    found = []
    pupils = [f"{measure}_change" for measure in ("male", "female", "students")]
    for file, schools in compared.schools.groupby("source_file", sort=False):
        grades = compared.grades[compared.grades["source_file"] == file]
        differing = grades[grades[pupils].fillna(0).ne(0).any(axis=1)]
        totals = compared.totals
        office = totals[(totals["source_file"] == file) & (totals["scope"] == "total")]
        stated = schools["stated_by"].value_counts()
        found.append(
            SourceSummary(
                compared.data_round.name,
                str(file),
                _number(office["students_before"]),
                _number(office["students_after"]),
                _number(office["students_change"]),
                schools_differing=differing["smis_code"].nunique(),
                grades_differing=len(differing),
                only_published=int(stated.get(ONLY_PUBLISHED, 0)),
                only_other=int(stated.get(ONLY_OTHER, 0)),
            )
        )
    return found


def source_lines(compared: SourceComparison, language: str) -> list[str]:
    """Say the counts of each source in one line."""
    thai, lines = language == "th", []
    for found in summarise_sources(compared):
        published, other = _shown(found.students_before), _shown(found.students_after)
        lines.append(
            f"รอบ {found.data_round} · สำนักงาน {published} คน · "
            f"ระดับประเทศ {other} คน ({found.source_file}) · "
            f"ต่างกัน {found.schools_differing:,} โรงเรียน {found.grades_differing:,} ชั้น · "
            f"โรงเรียนที่มีเฉพาะสำนักงาน {found.only_published:,} · "
            f"เฉพาะระดับประเทศ {found.only_other:,}"
            if thai
            else f"round {found.data_round} · the office {published} pupils · "
            f"the nation {other} ({found.source_file}) · differing schools "
            f"{found.schools_differing:,}, grades {found.grades_differing:,} · schools of the "
            f"office only {found.only_published:,} · of the nation only {found.only_other:,}"
        )
    return lines


def signed(number: int) -> str:
    """Write a change with its sign: +12, −3, 0."""
    return f"{number:+,}".replace("-", "−") if number else "0"


def _shown(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def in_words(values: pd.Series, words: Mapping[str, str] = WORDS_TH) -> pd.Series:
    """Put codes into words; several stand with commas, an unknown one stays as it is."""

    def said(text: str) -> str:
        return ", ".join(words.get(part, part) for part in text.split(","))

    return values.map(said, na_action="ignore")

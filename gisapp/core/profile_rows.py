"""The rows of a published round as the pages use them.

Every field is null where the layers say nothing, or where it is not for the reader's eyes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class School:
    """One row of the layer `schools`; the names are those of the contract."""

    smis_code: str
    ministry_code: str | None = None
    percode: str | None = None
    school_name_th: str | None = None
    school_name_en: str | None = None
    affiliation: str | None = None
    school_network: str | None = None
    district: str | None = None
    subdistrict: str | None = None
    subdistrict_code: str | None = None
    village_no: int | None = None
    lowest_grade: str | None = None
    highest_grade: str | None = None
    levels_offered: str | None = None
    students: int | None = None
    male: int | None = None
    female: int | None = None
    class_groups: int | None = None
    pre_primary: int | None = None
    primary: int | None = None
    lower_secondary: int | None = None
    upper_secondary: int | None = None
    size_class_4: str | None = None
    size_class_7: str | None = None
    small_band: str | None = None
    small_school: bool | None = None
    expansion_school: bool | None = None
    highland_official: bool | None = None
    island_official: bool | None = None
    elevation_m: float | None = None
    slope_deg: float | None = None
    highland_score: float | None = None
    teachers: int | None = None
    pupil_teacher_ratio: float | None = None
    pupil_class_ratio: float | None = None
    buildings: int | None = None
    classrooms: int | None = None
    dilapidated_buildings: int | None = None
    royal_project: bool | None = None
    model_school: bool | None = None
    tambon_quality_school: bool | None = None
    lab_school: bool | None = None
    special_area: bool | None = None
    status: str | None = None
    merged_into: str | None = None
    electricity: str | None = None
    water_source: str | None = None
    internet: str | None = None
    local_government: str | None = None
    distance_to_esao_km: float | None = None
    distance_to_district_km: float | None = None
    founded_on: str | None = None
    website: str | None = None
    location_quality: str | None = None
    corrected: str | None = None
    problem_count: int | None = None
    photo_count: int | None = None
    photo_id: str | None = None
    as_of_date: str | None = None
    #: Degrees, EPSG:4326; both None where the school has no point at all.
    lon: float | None = None
    lat: float | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels that the school offers."""
        return tuple(
            level.strip() for level in (self.levels_offered or "").split(",") if level.strip()
        )


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One grade of one school."""

    smis_code: str
    grade: str
    male: int | None = None
    female: int | None = None
    students: int | None = None
    class_groups: int | None = None
    as_of_date: str | None = None


@dataclass(frozen=True, slots=True)
class Building:
    """One structure of one school."""

    smis_code: str
    sequence: int | None = None
    building_type: str | None = None
    building_design: str | None = None
    design_rooms: int | None = None
    actual_rooms: int | None = None
    built_year_be: int | None = None
    age_years: int | None = None
    condition: str | None = None
    use_status: str | None = None
    as_of_date: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceVillage:
    """One village that one school serves at one level."""

    smis_code: str
    education_level: str | None = None
    village_code: str | None = None
    village_no: int | None = None
    village_name: str | None = None
    subdistrict_code: str | None = None
    share: float | None = None
    announced_be: int | None = None
    as_of_date: str | None = None


@dataclass(frozen=True, slots=True)
class Village:
    """One village of the boundaries, whoever serves it."""

    village_code: str
    village_no: int | None = None
    village_th: str | None = None
    village_en: str | None = None
    subdistrict_code: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """One published picture."""

    photo_id: str
    smis_code: str
    building_sequence: int | None = None
    photo_slot: str | None = None
    taken_on: str | None = None
    caption_th: str | None = None
    caption_en: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """How many people work at one school, as the staff sheet counts them; never who."""

    smis_code: str
    directors: int | None = None
    deputies: int | None = None
    teachers: int | None = None
    government_employees: int | None = None
    permanent_employees: int | None = None
    temporary_employees: int | None = None
    teachers_required: int | None = None
    #: Teachers beyond those required; less than 0 are missing.
    teacher_balance: float | None = None
    as_of_date: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolTest:
    """The mean of one school in one subject of a national test, 0 to 100."""

    smis_code: str
    test_year_be: int | None = None
    test: str | None = None
    grade: str | None = None
    subject: str | None = None
    examinees: int | None = None
    mean_score: float | None = None
    as_of_date: str | None = None


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """Names of a subdistrict, without "ต."."""

    subdistrict_code: str
    subdistrict_th: str | None = None
    subdistrict_en: str | None = None
    district_code: str | None = None
    district_th: str | None = None


@dataclass(frozen=True, slots=True)
class District:
    """Names of a district, without "อ."."""

    district_code: str
    district_th: str | None = None
    district_en: str | None = None

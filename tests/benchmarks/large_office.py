"""An office of 500 schools with every form and some 200 planted faults, made from the sample's."""

import dataclasses

import numpy as np

from gisapp.core.rounds import Round
from gisapp.sample.office import write_office_files
from gisapp.sample.rounds import gather_material
from gisapp.sample.schools.cohorts import Enrolment
from gisapp.sample.schools.make import Schools
from gisapp.sample.schools.population import register_people
from gisapp.sample.sheets import buildings, enrolment, highland, national, register, staff, villages
from gisapp.sample.sheets.filled import fill
from gisapp.sample.world.make import make_world
from gisapp.settings import Settings
from gisapp.store.photos import read_photo_list

SEED, SCHOOLS = 68, 500
BEFORE, NOW = Round(2567, 1), Round(2568, 1)
#: Each copy of a school stands some 300 m further on.
_STEP = 0.003


def write_large_office(folder):
    """Write the office; return its material.

    The sample's 120 schools stand four times and more, under codes, names and points of their
    own; their villages are dealt out among the copies, so that each is served once.
    """
    sample = gather_material(make_world(SEED), SEED)
    material = _grown(sample)
    write_office_files(folder, material, [])
    before = folder / "data" / "rounds" / BEFORE.name
    for sheet in _earlier(material):
        sheet.write(before)
    now = folder / "data" / "rounds" / NOW.name
    for sheet in _all_forms(material):
        sheet.write(now)
    assert read_photo_list(Settings.load(folder).shown_dir).empty
    return material


def _grown(sample):
    own = len(sample.schools.schools)
    copies = -(-SCHOOLS // own)
    schools = [
        _copied(school, n) for n in range(copies) for school in sample.schools.schools
    ][:SCHOOLS]  # fmt: skip
    services = [
        dataclasses.replace(service, school=(service.school + own * (number % copies)) % SCHOOLS)
        for number, service in enumerate(sample.schools.services)
    ]
    return dataclasses.replace(
        sample,
        schools=Schools(tuple(schools), tuple(services)),
        enrolment={
            name: Enrolment(
                np.tile(e.pupils, (copies, 1, 1))[:SCHOOLS], np.tile(e.rooms, (copies, 1))[:SCHOOLS]
            )
            for name, e in sample.enrolment.items()
        },
        buildings={
            school.smis_code: sample.buildings[sample.schools.schools[place % own].smis_code]
            for place, school in enumerate(schools)
        },
    )


def _copied(school, number):
    def moved(code):
        return f"{int(code[:8]) + 1000 * number:08d}{code[8:]}" if code else ""

    percode = f"{int(school.percode) + 1000 * number:06d}" if school.percode else ""
    return dataclasses.replace(
        school,
        smis_code=moved(school.smis_code),
        branch_of=moved(school.branch_of),
        percode=percode,
        ministry_code=f"{school.ministry_code[:4]}{percode}" if percode else "",
        name_th=f"{school.name_th} {number}" if number else school.name_th,
        lon=school.lon + _STEP * number,
    )


def _earlier(material):
    lines = enrolment.school_lines(material.schools, material.enrolment[BEFORE.name])
    yield register.register_sheet("register.xlsx", material.schools, BEFORE)
    yield enrolment.dmc_table("dmc.json", lines)


def _all_forms(material):
    schools, world, seed = material.schools, material.world, material.seed
    pupils = material.enrolment[NOW.name]
    day = "10 มิถุนายน 2568"
    paged = frozenset(school.smis_code for school in schools.schools[10:20])
    lines = enrolment.school_lines(schools, pupils)
    wide = [line for line in lines if line.code not in paged]
    people = register_people(world, material.children, 2567, seed)
    sheets = [
        _register(material),
        _wide(wide),
        enrolment.emis_page("emis_student.csv", [line for line in lines if line.code in paged]),
        national.national_sheet("DMC681.xlsx", schools, lines, seed=seed),
        register.basic_info_sheet("emis_general.xlsx", schools, day),
        _buildings(material),
        villages.service_sheet("service.xlsx", schools, world, 2567),
        staff.staff_sheet("staff.xlsx", schools, pupils, day, seed),
        highland.highland_sheet("highland.xlsx", schools, pupils, day, seed),
        villages.population_file("stat_pop_6712.txt", world, people),
        villages.village_age_sheet("villages.csv", world, people),
        *_lists(schools.schools),
    ]
    return sheets


def _register(material):
    """The register with 60 points that cannot stand."""
    sheet = register.register_sheet("register.xlsx", material.schools, NOW)
    for school in material.schools.schools[100:130]:
        sheet.put(school.smis_code, "lat", f"{school.lon:.6f}")
        sheet.put(school.smis_code, "lon", f"{school.lat:.6f}")
    for school in material.schools.schools[200:230]:
        sheet.put(school.smis_code, "lat", f"{school.lat:.6f}".replace(".", ""))
    return sheet


def _wide(lines):
    """The enrolment sheet with 60 unreadable cells and 40 sums that do not add up."""
    sheet = enrolment.wide_sheet("enrolment.xlsx", NOW, lines, codes_as_text=False)
    for line in lines[30:90]:
        sheet.put(line.key, "p3 male", "ไม่ทราบ")
    for line in lines[300:340]:
        sheet.put(line.key, "total students", 1 + int(line.pupils.sum()))
    return sheet


def _buildings(material):
    """The building list with 40 years that are none."""
    sheet = buildings.building_sheet(
        "buildings.xlsx", material.schools.schools, material.buildings, 2567
    )
    for key in list(sheet.row_at)[:400:10]:
        sheet.put(key, "built_year_be", "พ.ศ. 25")
    return sheet


def _lists(schools):
    """Forms that the sample has no sheet for: test results, other schools, points by name."""
    names = [("smis_code", "รหัสโรงเรียน", 12.0), ("school_name_th", "ชื่อโรงเรียน", 30.0)]
    scores = [("test_year_be", "ปีการศึกษา", 9.0), ("test", "การสอบ", 9.0), ("grade", "ชั้น", 6.0),
              ("subject", "วิชา", 12.0), ("examinees", "ผู้เข้าสอบ", 9.0),
              ("mean_score", "คะแนนเฉลี่ย", 9.0)]  # fmt: skip
    results = {
        f"{school.smis_code} {subject}": {
            "smis_code": school.smis_code, "school_name_th": school.name_th, "test_year_be": 2567,
            "test": "NT", "grade": "ป.3", "subject": subject, "examinees": 9, "mean_score": 51.25,
        }
        for school in schools
        for subject in ("คณิตศาสตร์", "ภาษาไทย")
    }  # fmt: skip
    yield fill("nt.xlsx", "test_results", [*names, *scores], results)
    point = [("lat", "ละติจูด", 12.0), ("lon", "ลองจิจูด", 12.0)]
    others = {
        str(n): {"smis_code": f"T{n:03d}", "school_name_th": f"เทศบาล {n}", "affiliation": "อปท.",
                 "subdistrict": school.subdistrict_th, "district": school.district_th,
                 "lat": school.lat + 0.01, "lon": school.lon}
        for n, school in enumerate(schools[:40])
    }  # fmt: skip
    place = [
        ("affiliation", "สังกัด", 12.0),
        ("subdistrict", "ตำบล", 12.0),
        ("district", "อำเภอ", 12.0),
    ]
    columns = [("smis_code", "รหัส", 9.0), names[1], *place, *point]
    yield fill("others.xlsx", "other_schools", columns, others)
    points = {
        school.smis_code: {"school_name_th": school.name_th, "lat": school.lat, "lon": school.lon}
        for school in schools[:50]
    }
    yield fill("points.csv", "school_points", [names[1], *point], points)

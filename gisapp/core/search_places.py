"""The places that schools belong to: villages they stand in or serve, and the areas around them."""

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from gisapp.core.profile_rows import District, School, ServiceVillage, Subdistrict, Village
from gisapp.core.spelling import spell_place

#: Subdistrict, number and spelled name: what makes two rows one village.
_VillageKey = tuple[str, int | None, str]


@dataclass(frozen=True)
class Place:
    """A place with its schools.

    Attributes:
        kind: village, subdistrict, network or district.
        key: What the layers call it: code of a subdistrict, name of a network or a district;
            empty for a village, and where schools state no code.
        name_th, name_en: Its names as the layers write them.
        codes: Its schools, by code.
        number: Number of a village in its subdistrict.
        area_th, area_en: Names of a village's subdistrict.
    """

    kind: str
    key: str
    name_th: str
    name_en: str | None
    codes: tuple[str, ...]
    number: int | None = None
    area_th: str | None = None
    area_en: str | None = None

    @property
    def called(self) -> tuple[tuple[str, str | None], ...]:
        """Each of its names, and that of its subdistrict in the same language."""
        names = {self.name_th: self.area_th}
        return tuple((names | ({self.name_en: self.area_en} if self.name_en else {})).items())

    def address(self, *, english: bool = False) -> str:
        """Say the place so that a search finds it alone: ``บ้านเมฆ หมู่ 3 ต.แม่เมฆ``.

        In Thai where a part of it has no English name.
        """
        if english and self.name_en and (self.area_en or not self.area_th):
            name, area, number_word, area_word = self.name_en, self.area_en, "Moo", "Tambon "
        else:
            name, area, number_word, area_word = self.name_th, self.area_th, "หมู่", "ต."
        if self.kind == "subdistrict":
            return area_word + name
        number = f"{number_word} {self.number}" if self.number is not None else ""
        return " ".join(part for part in (name, number, area_word + area if area else "") if part)


def places_of(
    schools: Iterable[School],
    served: Iterable[ServiceVillage],
    villages: Iterable[Village],
    subdistricts: Mapping[str, Subdistrict],
    districts: Mapping[str, District],
) -> tuple[Place, ...]:
    """Return every place that has a school, the villages first.

    Args:
        schools: The schools; each stands in one village, subdistrict, network and district.
        served: Villages that schools serve.
        villages: The villages there are, to name those that a school only stands in.
        subdistricts: By code.
        districts: By their Thai name, as schools state them.
    """
    schools = tuple(schools)
    uncoded = [school for school in schools if not school.subdistrict_code]
    areas = {code: row.subdistrict_th or "" for code, row in subdistricts.items()}
    areas |= {
        s.subdistrict_code: s.subdistrict for s in schools if s.subdistrict_code and s.subdistrict
    }
    english = {code: row.subdistrict_en for code, row in subdistricts.items()}
    return (
        *_villages(schools, served, villages, areas, english),
        *_areas("subdistrict", schools, lambda s: s.subdistrict_code, areas, english),
        *(
            replace(place, key="")
            for place in _areas("subdistrict", uncoded, lambda s: s.subdistrict, {}, {})
        ),
        *_areas("network", schools, lambda s: s.school_network, {}, {}),
        *_areas(
            "district",
            schools,
            lambda s: s.district,
            {},
            {n: d.district_en for n, d in districts.items()},
        ),
    )


def _areas(
    kind: str,
    schools: Iterable[School],
    key_of: Callable[[School], str | None],
    names: Mapping[str, str],
    english: Mapping[str, str | None],
) -> list[Place]:
    """Gather schools by what they state; a key without a name is its own name."""
    inside: dict[str, list[str]] = {}
    for school in schools:
        if key := key_of(school):
            inside.setdefault(key, []).append(school.smis_code)
    return [
        Place(kind, key, names.get(key) or key, english.get(key), tuple(codes))
        for key, codes in inside.items()
    ]


def _villages(
    schools: Iterable[School],
    served: Iterable[ServiceVillage],
    villages: Iterable[Village],
    areas: Mapping[str, str],
    english: Mapping[str, str | None],
) -> list[Place]:
    """Gather schools by the villages they serve and stand in; one name in two sheets is one."""
    spelled = functools.cache(lambda name: spell_place("village", name).name)

    def key_of(code: str | None, number: int | None, name: str | None) -> _VillageKey:
        return code or "", number, spelled(name or "")

    inside: dict[_VillageKey, dict[str, None]] = {}
    names: dict[_VillageKey, tuple[str, str | None]] = {}
    known: dict[tuple[str | None, int | None], _VillageKey] = {}
    for row in villages:
        key = key_of(row.subdistrict_code, row.village_no, row.village_th or row.village_en)
        names[key] = row.village_th or row.village_en or "", row.village_en
        known[row.subdistrict_code, row.village_no] = key
    for service in served:
        key = key_of(service.subdistrict_code, service.village_no, service.village_name)
        names.setdefault(key, (service.village_name or "", None))
        inside.setdefault(key, {})[service.smis_code] = None
    for school in schools:
        at = (school.subdistrict_code, school.village_no)
        if None not in at and at in known:
            inside.setdefault(known[at], {})[school.smis_code] = None
    return [
        Place(
            "village",
            "",
            *names[key],
            tuple(sorted(codes)),
            key[1],
            areas.get(key[0]),
            english.get(key[0]),
        )
        for key, codes in inside.items()
        if names[key][0]
    ]

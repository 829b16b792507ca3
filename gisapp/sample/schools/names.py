"""Names of the sample's schools, made from their villages the way such names are made."""

from collections.abc import Sequence

from gisapp.sample.schools.sites import Site
from gisapp.sample.world.make import World


def draw_names(
    world: World, sites: Sequence[Site], expansion: Sequence[int]
) -> list[tuple[str, str]]:
    """Return (Thai, English) for each site, all different. Thai without the word โรงเรียน."""
    villages = world.villages
    districts = world.districts.set_index("district_code")
    names: list[tuple[str, str]] = []
    used: set[str] = set()
    for place, site in enumerate(sites):
        village = villages.iloc[site.village]
        home_th, home_en = str(village["village_th"]), str(village["village_en"])
        short_th, short_en = home_th.removeprefix("บ้าน"), home_en.removeprefix("Ban ")
        district = districts.loc[village["district_code"]]
        town_th = str(district["district_th"]).removeprefix("เมือง")
        town_en = str(district["district_en"]).removeprefix("Mueang ")
        if site.branch_of is not None:
            main_th, main_en = names[site.branch_of]
            options = [
                (
                    f"{main_th} สาขา{home_th}",
                    f"{main_en.removesuffix(' School')} ({home_en} Branch)",
                )
            ]
        elif site.rank == "xlarge" or (
            site.rank == "large" and village["village_code"] in world.town.values()
        ):
            options = [(f"อนุบาล{town_th}", f"Anuban {town_en} School")]
        elif site.rank == "large" or (site.rank == "medium" and place % 3 == 0):
            options = [(f"ชุมชน{home_th}", f"Chumchon {home_en} School")]
        elif place in expansion and place % 3 == 1:
            options = [(f"{short_th}วิทยา", f"{short_en} Witthaya School")]
        else:
            options = [(home_th, f"{home_en} School")]
        # Villages of one name in two subdistricts: the younger school took another name.
        options += [(f"{short_th}วิทยา", f"{short_en} Witthaya School")]
        options += [(f"{short_th}พิทยาคาร", f"{short_en} Phitthayakhan School")]
        options += [(f"{home_th} ({town_th})", f"{home_en} School ({town_en})")]
        name = next(option for option in options if option[0] not in used)
        used.add(name[0])
        names.append(name)
    return names

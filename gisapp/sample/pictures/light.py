"""Light and colour of the drawn school pictures: weather, shading, mixing."""

from dataclasses import dataclass

#: Red, green, blue, 0..255.
Colour = tuple[int, int, int]
#: x to the right, y away from the viewer, z up; metres or a direction.
Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Weather:
    """How a day looks: colours of sky, air and plants, and how hard the sun is."""

    zenith: Colour
    #: Sky just above the horizon.
    low: Colour
    #: Colour that far things fade into.
    haze: Colour
    #: Gain per channel that full sun adds, and that the sky alone gives.
    sun: Vector
    sky: Vector
    #: Share of the sky that cumulus covers, 0..1.
    clouds: float
    #: Distance at which 63 % of a thing's colour is lost to the air, metres.
    haze_m: float
    #: How dark a cast shadow is, 0..1.
    shadow: float
    grass_near: Colour
    grass_far: Colour
    forest: Colour
    #: Colour that foliage leans towards, and how far, 0..1.
    leaf_tint: Colour
    leaf_lean: float


AFTER_RAIN = Weather(
    (88, 150, 206), (214, 234, 241), (198, 219, 228), (0.46, 0.42, 0.34), (0.68, 0.70, 0.74),
    0.62, 900, 0.44, (92, 134, 56), (152, 182, 92), (44, 84, 56), (70, 120, 50), 0.10,
)  # fmt: skip
OVERCAST = Weather(
    (146, 164, 180), (224, 229, 228), (206, 215, 217), (0.14, 0.13, 0.12), (0.80, 0.83, 0.87),
    0.9, 420, 0.20, (98, 128, 66), (146, 166, 104), (58, 86, 70), (80, 110, 84), 0.18,
)  # fmt: skip
COOL_CLEAR = Weather(
    (66, 132, 200), (216, 235, 243), (192, 212, 226), (0.48, 0.43, 0.33), (0.66, 0.69, 0.74),
    0.22, 1000, 0.48, (124, 144, 66), (172, 184, 104), (52, 86, 62), (96, 124, 56), 0.10,
)  # fmt: skip
MORNING_MIST = Weather(
    (118, 170, 212), (253, 238, 214), (238, 232, 221), (0.46, 0.38, 0.27), (0.66, 0.68, 0.72),
    0.25, 340, 0.30, (120, 140, 70), (184, 186, 122), (70, 98, 84), (176, 170, 124), 0.22,
)  # fmt: skip
HOT_HAZE = Weather(
    (104, 158, 206), (242, 238, 226), (228, 224, 212), (0.50, 0.45, 0.36), (0.66, 0.66, 0.68),
    0.34, 620, 0.42, (156, 150, 80), (196, 184, 122), (84, 104, 70), (150, 148, 74), 0.18,
)  # fmt: skip
GOLDEN = Weather(
    (96, 150, 202), (255, 228, 184), (242, 220, 188), (0.56, 0.42, 0.24), (0.60, 0.60, 0.66),
    0.42, 560, 0.42, (134, 138, 62), (198, 182, 98), (74, 92, 66), (178, 142, 60), 0.20,
)  # fmt: skip

#: Which weathers a month has, and how often (a repeated entry is likelier).
_HOT = (HOT_HAZE, HOT_HAZE, GOLDEN, COOL_CLEAR, AFTER_RAIN)
_WET = (AFTER_RAIN, AFTER_RAIN, AFTER_RAIN, OVERCAST, GOLDEN)
_COOL = (COOL_CLEAR, COOL_CLEAR, MORNING_MIST, GOLDEN)


def weathers_of(month: int) -> tuple[Weather, ...]:
    """Return the weathers of a month: hot March to May, wet to October, then cool."""
    if 3 <= month <= 5:
        return _HOT
    return _WET if 6 <= month <= 10 else _COOL


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """Return the colour `t` of the way from `a` to `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * t),
        round(a[1] + (b[1] - a[1]) * t),
        round(a[2] + (b[2] - a[2]) * t),
    )


#: Gain per channel of what the sunlit ground throws up under a roof: warm.
_BOUNCE: Vector = (0.66, 0.63, 0.59)


def lit(
    weather: Weather, sun: Vector, colour: Colour, normal: Vector, open_sky: float = 1.0
) -> Colour:
    """Return a surface's colour in this light.

    Args:
        weather: Gains of sun and sky.
        sun: Unit vector towards the sun.
        colour: The paint.
        normal: Unit vector out of the surface.
        open_sky: 1 in the open, 0 where no sun reaches (under a roof).
    """
    face = max(0.0, normal[0] * sun[0] + normal[1] * sun[1] + normal[2] * sun[2])
    red, green, blue = (
        min(255, round(paint * (bounce + (sky - bounce + beam * face) * open_sky)))
        for paint, sky, beam, bounce in zip(colour, weather.sky, weather.sun, _BOUNCE, strict=True)
    )
    return red, green, blue

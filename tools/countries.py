"""Write src/skazal/lexicon/countries.tsv: the Russian names of countries and parts of the world from CLDR.

pip install babel
python tools/countries.py > src/skazal/lexicon/countries.tsv
"""

import babel
from babel import Locale

HEADER = """# Countries and territories (ISO 3166 code) and parts of the world (UN M49 code): code and Russian name.
# Provenance: Unicode CLDR, as Babel {version} has it (Unicode licence); written by tools/countries.py, not by hand:
# other names, adjectives and inhabitants are in country_words.tsv.
code\tname"""

NOT_PLACES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "UM", "001", "021"})
UNITS = {"о-в": "остров", "о-ва": "острова"}


def names() -> dict[str, str]:
    """Codes to names, spelled out and without what CLDR adds in brackets."""
    territories = Locale("ru").territories
    found = {code: name for code, name in territories.items() if len(code) in (2, 3) and code not in NOT_PLACES}
    return {code: spelled_out(name.partition(" (")[0].replace("’", "'")) for code, name in sorted(found.items())}


def spelled_out(name: str) -> str:
    """A name with its abbreviated words written out."""
    return " ".join(UNITS.get(word, word) for word in name.split())


if __name__ == "__main__":
    print(HEADER.format(version=babel.__version__))
    for code, name in names().items():
        print(f"{code}\t{name}")

"""Takes vis-network from its npm package: `python -m kg.view.vendor`."""

import sys
from pathlib import Path

from kg.npm import Package
from kg.view.vendor import INTEGRITY, SHA256, VERSION, checksum

FILES = {
    "standalone/umd/vis-network.min.js": "vis-network.min.js",
    "LICENSE-MIT": "LICENSE-MIT",
    "LICENSE-APACHE-2.0": "LICENSE-APACHE-2.0",
}

if __name__ == "__main__":
    Package("vis-network", VERSION, INTEGRITY, FILES).renew(Path(__file__).parent)
    if checksum() != SHA256:
        sys.exit(f"written; now set SHA256 to {checksum()!r} in kg/view/vendor/__init__.py")

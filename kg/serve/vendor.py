"""The query editor that is shipped with the server: YASGUI, as its npm package has it.

`python -m kg.serve.vendor` takes the version named here from the npm registry again. To renew it, change
`VERSION` and `INTEGRITY` (`npm view @zazuko/yasgui dist.integrity`) and run that.
"""

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from kg.npm import Package

__all__ = ["SHA256", "checksums"]

VERSION = "4.6.2"
INTEGRITY = "sha512-Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw=="
SHA256 = {
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
}


def checksums() -> dict[str, str]:
    """The SHA-256 of each shipped file; they equal `SHA256` where nobody changed a file."""
    room = files("kg.serve").joinpath("static")
    return {name: hashlib.sha256(room.joinpath(name).read_bytes()).hexdigest() for name in SHA256}


if __name__ == "__main__":
    package = Package("@zazuko/yasgui", VERSION, INTEGRITY, {f"build/{name}": name for name in SHA256})
    package.renew(Path(__file__).with_name("static"))
    if checksums() != SHA256:
        sys.exit(f"written; now set SHA256 to {checksums()} in kg/serve/vendor.py")

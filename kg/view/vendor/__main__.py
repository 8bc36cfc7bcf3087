"""Takes vis-network from its npm package: `python -m kg.view.vendor`."""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

from kg.view.vendor import INTEGRITY, SHA256, VERSION, checksum

URL = f"https://registry.npmjs.org/vis-network/-/vis-network-{VERSION}.tgz"
FILES = {
    "package/standalone/umd/vis-network.min.js": "vis-network.min.js",
    "package/LICENSE-MIT": "LICENSE-MIT",
    "package/LICENSE-APACHE-2.0": "LICENSE-APACHE-2.0",
}


def renew() -> None:
    """Writes the files of the package beside this module.

    Raises: SystemExit where the package isn't the one that `INTEGRITY` describes.
    """
    with urllib.request.urlopen(URL) as response:
        package = response.read()
    found = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != INTEGRITY:
        raise SystemExit(f"{URL} has integrity {found}, not {INTEGRITY}")
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        for inside, name in FILES.items():
            member = archive.extractfile(inside)
            if member is None:
                raise SystemExit(f"{URL} has no file {inside}")
            Path(__file__).with_name(name).write_bytes(member.read())


if __name__ == "__main__":
    renew()
    if checksum() != SHA256:
        sys.exit(f"written; now set SHA256 to {checksum()!r} in kg/view/vendor/__init__.py")

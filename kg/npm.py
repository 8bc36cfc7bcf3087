"""Files of npm packages that are shipped with the library, as they were published."""

import base64
import hashlib
import io
import tarfile
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Package"]

REGISTRY = "https://registry.npmjs.org"


@dataclass(frozen=True, slots=True)
class Package:
    """A version of a package; `integrity` is what `npm view NAME@VERSION dist.integrity` says.

    `files` are the names under which files of the package are kept.
    """

    name: str
    version: str
    integrity: str
    files: Mapping[str, str]

    def renew(self, folder: Path) -> None:
        """Writes the files into `folder`, from the registry.

        Raises: SystemExit where the package isn't the one that `integrity` describes.
        """
        url = f"{REGISTRY}/{self.name}/-/{self.name.rpartition('/')[2]}-{self.version}.tgz"
        with urllib.request.urlopen(url) as response:  # nosec B310
            package = response.read()
        found = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
        if found != self.integrity:
            raise SystemExit(f"{url} has integrity {found}, not {self.integrity}")
        with tarfile.open(fileobj=io.BytesIO(package)) as archive:
            for inside, name in self.files.items():
                member = archive.extractfile(f"package/{inside}")
                if member is None:
                    raise SystemExit(f"{url} has no file {inside}")
                (folder / name).write_bytes(member.read())

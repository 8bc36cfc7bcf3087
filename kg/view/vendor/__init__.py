"""The drawing library that is shipped with the page: vis-network, as its npm package has it.

`python -m kg.view.vendor` takes the version named here from the npm registry again. To renew it, change
`VERSION` and `INTEGRITY` (`npm view vis-network dist.integrity`) and run that.
"""

import hashlib
from importlib.resources import files

__all__ = ["INTEGRITY", "SHA256", "VERSION", "checksum", "read_vis_network"]

VERSION = "10.1.5"
INTEGRITY = "sha512-civ5BjoMdAEwRb/PZMmBZ3sD+NPymIWfkIeaoBDqQZKJ1YDq20X6vTB8u+UstwdWT9ftxRaSEflKFOUTw43I0w=="
SHA256 = "b427322ad953d70ab75d1b798ebb8349863502f244e02de3e12a4ab7dfeddf2c"


def read_vis_network() -> str:
    """The script as published, without the last line, which points to a source map that isn't here.

    >>> read_vis_network().splitlines()[1].strip()
    '* vis-network'
    """
    script = files(__name__).joinpath("vis-network.min.js").read_bytes().decode()
    return script.partition("\n//# sourceMappingURL=")[0]


def checksum() -> str:
    """The SHA-256 of the shipped file; it equals `SHA256` where nobody changed the file."""
    return hashlib.sha256(files(__name__).joinpath("vis-network.min.js").read_bytes()).hexdigest()

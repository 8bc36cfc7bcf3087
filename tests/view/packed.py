"""What a page carries, unpacked as the page itself does it."""

import base64
import json
import re
import zlib


def unpack(packed):
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def unpack_data(html):
    return unpack(re.search(r'id="data">([^<]*)<', html)[1])


def unpack_evidence(html, chunk=0):
    return unpack(re.search(rf'data-chunk="{chunk}">([^<]*)<', html)[1])

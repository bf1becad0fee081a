"""Pictures: small ones to look at, and whether one says where it was taken.

The content itself stays as it came, since it may have to prove something. The small picture carries
nothing but what is seen.
"""

from __future__ import annotations

import secrets
import warnings
from pathlib import Path
from threading import Lock

from PIL import ExifTags, Image, ImageOps

from tuoban.runtime.files import store
from tuoban.runtime.files.kinds import PICTURES

SIDE = 320
"""Pixels of the longer side of a small picture."""
MOST_PIXELS = 80_000_000
"""A picture that would unfold into more is not opened."""
_one_at_a_time = Lock()
"""A picture of a few bytes may unfold into hundreds of megabytes: no more than one at once does."""


def tells_place(path: Path, type_: str) -> bool:
    """Whether a picture says where it was taken."""
    if type_ not in PICTURES:
        return False
    try:
        with _one_at_a_time, _opened(path) as image:
            return bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - whatever comes of what only looks like a picture
        return False


def small(digest: str, type_: str) -> Path | None:
    """The small picture of a content, made where it is missing; None: there is none of it."""
    if type_ not in PICTURES:
        return None
    path = store.small_path_of(digest)
    if path.exists():
        return path
    try:
        with _one_at_a_time:
            return path if path.exists() else _made(digest, path)
    except Exception:  # noqa: BLE001 - as above
        return None


def _made(digest: str, path: Path) -> Path:
    with _opened(store.path_of(digest)) as image:
        image.draft("RGB", (SIDE, SIDE))
        image.thumbnail((SIDE, SIDE))
        upright = ImageOps.exif_transpose(image)
        flat = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA")
        flat.paste(shown, mask=shown.getchannel("A"))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = store.incoming_folder() / secrets.token_hex(16)
    try:
        flat.save(aside, "JPEG", quality=80)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _opened(path: Path) -> Image.Image:
    """The picture, of which nothing is unfolded yet. Raises `ValueError` where it is too much."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(path, formats=("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"))
    if image.width * image.height > MOST_PIXELS:
        image.close()
        raise ValueError("more pixels than are looked at")
    return image

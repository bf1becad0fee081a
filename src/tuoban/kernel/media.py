"""Types of files: how a pack writes them, and their media types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

TYPES: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "zip": "application/zip",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "wav": "audio/x-wav",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
"""By the ending that a pack writes. What a browser would run - HTML, SVG - is none of them."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    group: tuple(media for media in TYPES.values() if media.startswith(f"{group}/"))
    for group in ("image", "audio", "video")
}
"""By a word that stands for several."""

IMAGES = GROUPS["image"]
WORDS = (*TYPES, *GROUPS)
"""What a pack may write."""

_ENDINGS = {media: ending for ending, media in TYPES.items()}


def meant_by(word: str) -> tuple[str, ...]:
    """The media types that one of `WORDS` means."""
    return GROUPS[word] if word in GROUPS else (TYPES[word],)


def endings(types: Iterable[str]) -> str:
    """The types as a reader knows them: `jpg, png, pdf`."""
    return ", ".join(_ENDINGS.get(each, each) for each in types)

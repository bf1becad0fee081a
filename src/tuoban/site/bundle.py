"""The front-end bundle: from stable names in templates to the hashed names the bundler wrote.

A template says ``static("desk/dist/desk.js")``; the browser gets ``desk/dist/desk-Bx3k9a1Z.js``
and may keep it for ever.
"""

import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured


class BundleStorage(StaticFilesStorage):
    """Static files under their own names, except bundles, which resolve through the manifest."""

    def url(self, name: str | None) -> str:
        if name and "/dist/" in name:
            folder, _, file = name.rpartition("/")
            name = f"{folder}/{_hashed_names(folder)[file]}"
        return super().url(name)


@cache
def _hashed_names(folder: str) -> dict[str, str]:
    """Stable to hashed file names of the bundle in the static `folder` (``desk/dist``).

    Raises `ImproperlyConfigured` if the bundle has not been built.
    """
    manifest = finders.find(f"{folder}/manifest.json")
    if manifest is None:
        raise ImproperlyConfigured(
            f"前端文件 {folder} 尚未生成;请运行 make bundle / "
            f"the front-end bundle {folder} is missing; run make bundle"
        )
    names: dict[str, str] = {}
    for chunk in json.loads(Path(manifest).read_text(encoding="utf-8")).values():
        if chunk.get("isEntry"):
            names[f"{chunk['name']}.js"] = chunk["file"]
            names |= {f"{chunk['name']}.css": file for file in chunk.get("css", [])}
    return names

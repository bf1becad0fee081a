"""A clerk of the demo who never rests: takes in visits, each with a file, and says which are done.

A program of its own (`python -m tests.faces.cli.clerk`), because it needs the installation's
settings. It ends when its output is closed.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from itertools import count

import django

CALL = {
    "customer": "王芳",
    "phone": "13800138000",
    "address": "人民路 1 号",
    "words": "开不了机",
    "urgency": "normal",
}


def work() -> None:
    from tuoban.runtime.cases import service  # noqa: PLC0415 - models load after the settings
    from tuoban.runtime.cases.filing.uploading import upload  # noqa: PLC0415
    from tuoban.runtime.people.models import User  # noqa: PLC0415

    by = User.objects.get(username="xiaomei")
    for number in count():
        at = datetime.now(UTC)  # noqa: TID251 - a face of its own
        key = f"clerk-{number}"
        case = service.start_case(
            "it-technician-visit", "visit", by=by, data=CALL, at=at, key=key
        ).case_id
        text = f"%PDF-1.4\n% visit {number}\n%%EOF\n" + "x" * 20_000
        file = upload([text.encode()], f"{number}.pdf", by=by, at=at)
        service.attach_files(case, [file.ref], by=by, at=at, key=f"{key}-file")
        sys.stdout.write(f"{case} {file.blob_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
    django.setup()
    work()

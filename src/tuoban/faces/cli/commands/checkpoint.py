"""`tuoban checkpoint`: put what all journals have come to under one chain, and hand it out."""

from __future__ import annotations

from pathlib import Path

import click

from tuoban.runtime.cases.checkpoints import exporting, keys, making
from tuoban.runtime.cases.clock import now


@click.command()
@click.option("--export", "target", metavar="FILE", help="Write all checkpoints to FILE.")
@click.option("--key", metavar="FILE", help="Sign what is exported by this private key.")
@click.option("--new-key", metavar="FILE", help="Make a key in FILE, its public one in FILE.pub.")
def checkpoint(target: str | None, key: str | None, new_key: str | None) -> None:
    """Make a checkpoint of all cases that moved since the last one.

    Keep exported files where nobody who administers this system can change them: `tuoban audit
    --against FILE` finds cases that were removed and journals that were cut or written anew.
    """
    if key and not target:
        raise click.UsageError("--key 要与 --export 一起用 / --key goes with --export")
    try:
        if new_key:
            public = keys.new_key(Path(new_key))
            click.echo(f"公钥 {public} / public key {public}")
            return
        signing = keys.private_key(Path(key)) if key else None
        made = making.make(now())
        click.echo(f"新检查点 {made} 个 / new checkpoints: {made}")
        if target:
            count = exporting.export(Path(target), now(), signing)
            click.echo(
                f"已写入 {target}：检查点 {count} 个 / written to {target}: {count} checkpoints"
            )
    except (keys.KeyFileError, making.StillWritingError) as error:
        raise click.ClickException(f"{error.words.zh} / {error.words.en}") from None

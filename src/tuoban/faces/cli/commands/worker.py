"""`tuoban worker`: the work of the machine without the desk."""

import click

from tuoban.faces.cli.running import alone, check_migrated, log_faults, stopped
from tuoban.runtime.cases.worker import run_forever


@click.command()
def worker() -> None:
    """Fire timers and carry out jobs until a signal ends it.

    On PostgreSQL any number of workers share the work, beside any number of servers. On SQLite only
    one process may work, which `tuoban serve` is already. SIGTERM and SIGINT let it finish what it
    has in hand; a second one does not.
    """
    log_faults()
    with alone():
        check_migrated()
        stop = stopped()
        click.echo("妥办 Tuoban: 后台处理已启动 / the worker works")
        run_forever(stop)

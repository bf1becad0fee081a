"""`tuoban serve`: the desk and its worker in one process."""

import click

from tuoban.faces.cli.serving import serve_until_stopped


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT"
)
@click.option(
    "--without-worker", is_flag=True, help="Pages only; the work is done by `tuoban worker`."
)
def serve(host: str, port: int, without_worker: bool) -> None:
    """Serve the desk, with the worker that fires timers and carries out jobs."""
    serve_until_stopped(host, port, has_worker=not without_worker)

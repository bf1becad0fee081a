"""The program `tuoban`: finds the command, sets Django up where the command needs it."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError

from tuoban import __version__

SUMMARIES = {
    "audit": "核对全部工单的经过记录 / verify the journals of all cases",
    "backup": "备份整个安装 / back up the whole installation",
    "bpmn": "与 BPMN 2.0 文件互换 / exchange packs with BPMN 2.0 files",
    "capacity": "设定可预约的资源 / set what can be booked",
    "check": "检查流程包 / check packs and show every problem",
    "checkpoint": "做检查点并导出 / make a checkpoint of all journals, and export it",
    "clocks": "查看一件工单的计时 / show the clocks of a case",
    "decide": "用 DMN 模型判定 / decide with a DMN model",
    "demo": "准备并启动演示 / load a demo organisation and serve it",
    "draw": "画出流程图 / draw a pack as a picture",
    "due": "推算时限何时到期 / compute when a limit would run out",
    "erase": "删除一件工单的个人信息 / erase the personal values of a case",
    "indicators": "查看或测量流程的指标 / show or measure the indicators of a process",
    "jobs": "查看、重试或放弃后台任务 / show background work, retry or drop it",
    "message": "收进一条消息 / take in a message from outside",
    "messages": "查看收发的消息 / show the messages that came and went",
    "migrate": "建立或升级数据库 / create or upgrade the database",
    "move": "让在办工单改按另一版本 / take running cases to another version",
    "payment": "登记到账的款项 / record money that came by itself",
    "publish": "发布流程包 / make packs available for new cases",
    "rehearse": "演练流程包的场景 / play the scenarios of packs",
    "restore": "从备份恢复 / fill an empty installation from a backup",
    "serve": "启动服务 / serve the desk",
    "settings": "设定流程包的设置 / set what packs leave to the organisation",
    "stock": "配件入库与库存 / take up deliveries of parts",
    "unit": "管理部门 / manage units",
    "user": "管理用户和角色 / manage users and their roles",
    "worker": "启动后台处理 / do the work of the machine, without the desk",
}
WITHOUT_INSTALLATION = frozenset({"bpmn", "check", "decide", "draw", "rehearse"})
"""Commands that touch no home folder and no database of this installation."""


class Commands(click.Group):
    """Imports a command's module when it is called, after Django's models can be loaded."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUMMARIES:
            return None
        if cmd_name not in WITHOUT_INSTALLATION:
            open_installation()
        command = getattr(import_module(f"tuoban.faces.cli.commands.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Written from the table: asking for help must not create a home folder.
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


def open_installation() -> None:
    """Read the configuration and load Django.

    Raises:
        click.ClickException: the configuration is wrong; the text says what to do.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from None


@click.group(cls=Commands)
@click.version_option(__version__)
def cli() -> None:
    """妥办 Tuoban: runs an organisation's service processes, on time and with proof.

    The installation lives in the folder named by TUOBAN_HOME.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; `arguments` are those of the command line if left out.

    What the machine or the database refuses is told in one line, without a traceback.
    """
    # What is made here (database, lock, key) holds personal data and is its owner's alone.
    os.umask(0o077)
    try:
        cli.main(args=None if arguments is None else list(arguments), prog_name="tuoban")
    except ProgrammingError as error:
        _give_up(
            f"数据库还没有建好，请先运行 tuoban migrate / "
            f"the database is not set up, run tuoban migrate first ({_first_line(error)})"
        )
    except DatabaseError as error:
        if "no such table" in str(error):
            _give_up(
                "数据库还没有建好，请先运行 tuoban migrate / "
                "the database is not set up, run tuoban migrate first"
            )
        _give_up(
            f"无法使用数据库，请查看 TUOBAN_DATABASE_URL / "
            f"cannot use the database, see TUOBAN_DATABASE_URL ({_first_line(error)})"
        )
    except OSError as error:
        _give_up(
            f"无法读写 {error.filename or ''}：{error.strerror} / "
            f"cannot read or write {error.filename or ''}: {error.strerror}"
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", maxsplit=1)[0]


def _give_up(line: str) -> NoReturn:
    click.echo(f"Error: {line}", err=True)
    raise SystemExit(1)

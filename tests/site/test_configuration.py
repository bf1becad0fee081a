"""The environment becomes a checked configuration, or one line that says what to mend."""

import os
import stat
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from tuoban.site.configuration import ConfigurationError, read_configuration
from tuoban.site.mail_url import parse_mail_url, parse_sender


def test_an_empty_environment_serves_loopback_from_a_sqlite_file_in_the_home(
    tmp_path: Path,
) -> None:
    configuration = read_configuration({"TUOBAN_HOME": str(tmp_path / "new" / "家")})
    assert configuration.is_loopback_only
    assert not configuration.debug
    assert configuration.database["NAME"] == str(tmp_path / "new" / "家" / "tuoban.sqlite3")
    assert "synchronous=FULL" in str(configuration.database["OPTIONS"])


def test_the_home_is_under_the_users_own_folder_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_configuration({}).home == tmp_path / ".local" / "share" / "tuoban"


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    environment = {"TUOBAN_HOME": str(tmp_path)}
    first = read_configuration(environment).secret_key
    assert read_configuration(environment).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret-key"]


def test_processes_that_start_together_agree_on_one_secret_key(tmp_path: Path) -> None:
    environments = [{"TUOBAN_HOME": str(tmp_path)}] * 16
    with ThreadPool(16) as pool:
        keys = pool.map(
            lambda environment: read_configuration(environment).secret_key, environments
        )
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("written", "carried", "simulated"),
    [("log", True, False), ("none", False, False), ("Simulated", False, True)],
)
def test_what_carries_sms_is_chosen(
    tmp_path: Path, written: str, carried: bool, simulated: bool
) -> None:
    environment = {"TUOBAN_HOME": str(tmp_path), "TUOBAN_SMS": written}
    configuration = read_configuration(environment)
    assert ("sms" in configuration.carriers, configuration.simulates_sms) == (carried, simulated)


def test_a_host_beyond_loopback_is_noticed(tmp_path: Path) -> None:
    configuration = read_configuration(
        {"TUOBAN_HOME": str(tmp_path), "TUOBAN_ALLOWED_HOSTS": "localhost, desk.example"}
    )
    assert configuration.allowed_hosts == ("localhost", "desk.example")
    assert not configuration.is_loopback_only


@pytest.mark.parametrize(
    ("variable", "value", "zh", "en"),
    [
        ("TUOBAN_DEBUG", "maybe", "请写 1 或 0", "write 1 or 0"),
        ("TUOBAN_API_RATE", "-1", "请写 0 到", "from 0 to"),
        ("TUOBAN_API_RATE_UNKNOWN", "many", "请写 0 到", "from 0 to"),
        ("TUOBAN_ALLOWED_HOSTS", "https://desk.example", "只写主机名", "write names only"),
        ("TUOBAN_ALLOWED_HOSTS", "desk.example:8000", "只写主机名", "write names only"),
        ("TUOBAN_ALLOWED_HOSTS", "*", "只写主机名", "write names only"),
        ("TUOBAN_ALLOWED_HOSTS", "*.example.com", "只写主机名", "write names only"),
        ("TUOBAN_ALLOWED_HOSTS", ".", "只写主机名", "write names only"),
        ("TUOBAN_ALLOWED_HOSTS", "[", "只写主机名", "write names only"),
        ("TUOBAN_DATABASE_URL", "sqlite:///:memory:", "请写一个文件", "name a file"),
        ("TUOBAN_SECRET_KEY", "short", "更长的随机值", "use a longer random value"),
        ("TUOBAN_DATABASE_URL", "mysql://h/d", "只支持", "only sqlite:///file"),
        ("TUOBAN_SQLITE_SYNCHRONOUS", "OFF", "断电不丢", "survives a power cut"),
        ("TUOBAN_SMS", "smtp://h", "只记日志", "to the log only"),
        ("TUOBAN_MAIL", "smtp", "smtps://用户:密码@主机:465", "smtp://user:password@host:587"),
        ("TUOBAN_MAIL", "smtp://secret@mail.example", "请用百分号编码", "percent-encode"),
        ("TUOBAN_MAIL", "smtp://u:secret@mail.example:port", "请用百分号编码", "percent-encode"),
        ("TUOBAN_MAIL", "smtp://u:secret@mail.example?starttls=no", "明文", "in clear"),
        ("TUOBAN_MAIL", "smtp://u:secret@mail.example?starttls=maybe", "yes 或 no", "starttls=yes"),
        ("TUOBAN_MAIL", "smtp://u:secret@mail.example?tls=1", "不认识的选项 tls", "option tls"),
        ("TUOBAN_MAIL", "smtp://u:%E5%AF%86secret@mail.example", "只能有英文", "ASCII"),
        ("TUOBAN_MAIL", "smtp://mail.example?ca=/nowhere", "PEM 格式", "in PEM format"),
        ("TUOBAN_MAIL_FROM", "", "发件人地址", "desk@example.org"),
        ("TUOBAN_MAIL_FROM", "desk", "发件人地址", "desk@example.org"),
        ("TUOBAN_MAIL_FROM", "desk@example.org\nBcc: all@example.org", "发件人", "mail comes from"),
        ("TUOBAN_HOME", "/dev/null/home", "换一个可写的文件夹", "name a folder you may write to"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_that_names_the_variable_and_the_way_out(
    tmp_path: Path, variable: str, value: str, zh: str, en: str
) -> None:
    mail = {"TUOBAN_MAIL": "smtp://mail.example", "TUOBAN_MAIL_FROM": "desk@example.org"}
    with pytest.raises(ConfigurationError) as refusal:
        read_configuration({"TUOBAN_HOME": str(tmp_path), **mail, variable: value})
    line = str(refusal.value)
    assert "secret" not in line.removeprefix("TUOBAN_SECRET_KEY").replace(str(tmp_path), "")
    assert line.startswith(variable)
    assert zh in line
    assert en in line
    assert "\n" not in line


def test_a_mail_server_is_read_with_its_password_decoded(tmp_path: Path) -> None:
    url = "smtps://desk:p%40ss%2Fw@mail.example"
    given = {"TUOBAN_MAIL": url, "TUOBAN_MAIL_FROM": "妥办 <desk@example.org>"}
    carriers = read_configuration({"TUOBAN_HOME": str(tmp_path), **given}).carriers
    assert carriers["mail"].name == "smtp mail.example"
    server = parse_mail_url(url, parse_sender(given["TUOBAN_MAIL_FROM"]))
    assert (server.port, server.tls, server.password) == (465, "whole", "p@ss/w")
    assert "p@ss/w" not in repr(server)
    assert str(server.sender) == "妥办 <desk@example.org>"
    assert parse_mail_url("smtp://mail.example", server.sender).tls == "start"


def test_a_damaged_key_file_is_reported_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(ConfigurationError, match="secret-key has fewer than 32 characters"):
        read_configuration({"TUOBAN_HOME": str(tmp_path)})

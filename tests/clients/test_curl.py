"""The lines of curl, run as they are by a shell and by curl, against a server that writes down what arrives."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Iterator

import pytest
import trustme
import ssl

from plans import Step
from recorder import Recorder

TOKEN = "the-token-of-the-test"


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(tls)
    with Recorder(tls) as recorder:
        yield recorder


@pytest.fixture(scope="module")
def environment(server: Recorder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Sends whatever curl asks for to the server on this machine, whichever host the line names."""
    home = tmp_path_factory.mktemp("curl")
    (home / ".curlrc").write_text(
        f'connect-to = "::127.0.0.1:{server.port}"\ninsecure\nsilent\nmax-time = 20\nnoproxy = "*"\n', encoding="utf-8"
    )
    variables = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {**variables, "CURL_HOME": str(home), "HOME": str(home), "TOKEN": TOKEN}


def run(line: str, environment: dict[str, str], shell: str, folder: Path) -> None:
    done = subprocess.run([shell, "-euc", line], env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert list(folder.iterdir()) == [], f"{line}\nleft files behind"


def test_the_call_arrives_as_the_plan_says(
    each_call: Step, server: Recorder, environment: dict[str, str], tmp_path: Path
) -> None:
    rest = each_call.rest
    assert rest is not None
    curl = each_call.data["curl"]
    assert TOKEN not in curl
    run(curl, environment, "bash", tmp_path)
    [call] = server.take()
    assert call.method == rest["method"]
    scheme, _, host_and_path = rest["url"].partition("://")
    host, slash, path = host_and_path.partition("/")
    assert scheme == "https"
    assert call.path == (slash + path or "/")
    assert call.headers["host"] == host
    for name, value in rest["headers"].items():
        assert call.headers[name.lower()] == value.replace("$TOKEN", TOKEN), name
    if "body" in rest:
        assert call.json() == rest["body"]
    else:
        assert call.body == b""

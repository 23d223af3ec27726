"""bin/environment: costs nothing when all is up to date, says plainly what is missing, and names no address."""

import importlib.machinery
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def environment() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("environment", str(ROOT / "bin/environment"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("environment", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("# nothing\n")
    return path


def test_an_environment_is_made_once_and_again_when_its_lock_changes(
    environment: ModuleType, lock: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "made"
    assert environment.main(str(home), str(lock)) == 0
    assert "Setting up made" in capfd.readouterr().err
    assert environment.main(str(home), str(lock)) == 0
    assert capfd.readouterr() == ("", "")
    lock.write_text("# nothing, said anew\n")
    assert environment.main(str(home), str(lock)) == 0
    assert "Setting up" in capfd.readouterr().err
    assert (home / "requirements.lock").read_bytes() == lock.read_bytes()


def test_a_lock_that_cannot_be_installed_leaves_no_stamp(
    environment: ModuleType, lock: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lock.write_text("there-is-no-such-package @ http://127.0.0.1:9/x.whl --hash=sha256:" + "0" * 64 + "\n")
    assert environment.main(str(tmp_path / "made"), str(lock)) == 1
    said = capfd.readouterr().err
    assert "could not be installed" in said and "127.0.0.1" not in said
    assert not (tmp_path / "made/requirements.lock").exists()


def test_a_python_without_ensurepip_is_told_what_to_install(lock: Path, tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError\n")
    command = [sys.executable, ROOT / "bin/environment", tmp_path / "made", lock]
    done = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1 and "install python3-venv" in done.stderr


def test_an_old_python_is_refused(
    environment: ModuleType,
    lock: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (4, 0))
    assert environment.main(str(tmp_path / "made"), str(lock)) == 1
    assert "Python 4.0 or newer is needed" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["serve", "board", "dev", "test", "lock", "bench", "shots", "migration"])
def test_commands_are_sound_scripts(name: str) -> None:
    script = ROOT / "bin" / name
    assert script.stat().st_mode & 0o111
    bash = shutil.which("bash")
    assert bash and subprocess.run([bash, "-n", script], capture_output=True).returncode == 0
    assert "set -euo pipefail" in script.read_text()

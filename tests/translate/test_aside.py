"""Work in a copy of the process, beside the one that has ordered it."""

from pathlib import Path

import pytest

from tracewright.translate.aside import done_aside


def test_it_sees_what_was_there_when_it_began(tmp_path: Path) -> None:
    things, file = [1], tmp_path / "things"
    with done_aside(lambda: _write(file, things)):
        things.append(2)
    assert (file.read_text(), things) == ("[1]", [1, 2])


def test_it_is_over_when_the_body_is_left_by_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), done_aside(lambda: _write(tmp_path / "file", [])):
        raise KeyError
    assert (tmp_path / "file").exists()


def test_its_failure_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="failed, see above"), done_aside(lambda: _write(tmp_path, [])):
        pass
    assert "IsADirectoryError" in capfd.readouterr().err


def _write(path: Path, things: list[int]) -> None:
    path.write_text(str(things))
    things.append(3)

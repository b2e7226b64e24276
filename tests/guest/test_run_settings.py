"""The switches that every language's command has."""

from pathlib import Path

import pytest

from tracewright.guest.run_settings import RunSettings, UnwritableLog


def test_a_wrong_value_says_what_is_wrong_with_it() -> None:
    settings = RunSettings()
    assert settings.takes_value(b"--jit") and settings.takes_value(b"--gc") and settings.takes_value(b"--jit-log")
    assert settings.set(b"--jit", b"treshold=5").startswith("there is no JIT parameter 'treshold'")
    assert settings.set(b"--gc", b"growth=0") == "GC parameter 'growth' must be between 1 and 1000, not 0"
    assert settings.set(b"--gc", b"growth=100") == ""


def test_other_words_are_left_to_the_language() -> None:
    settings = RunSettings()
    for word in (b"--jit-stat", b"run", b"--untrusted", b""):
        assert not settings.takes(word) and not settings.takes_value(word)


@pytest.mark.parametrize("word", [b"--stats", b"--jit-stats"])
def test_statistics_are_written_behind_the_program(word: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    settings = RunSettings()
    settings.start()
    settings.report()
    assert capfd.readouterr().err == ""
    assert settings.takes(word)
    settings.report()
    assert "interpreting" in capfd.readouterr().err


def test_a_log_is_written_or_the_reason_is_told(tmp_path: Path) -> None:
    settings = RunSettings()
    log = tmp_path / "log"
    assert settings.set(b"--jit-log", bytes(log)) == ""
    settings.report()
    assert log.exists()
    assert settings.set(b"--jit-log", bytes(tmp_path / "missing" / "log")) == ""
    with pytest.raises(UnwritableLog) as problem:
        settings.report()
    assert problem.value.reason == "No such file or directory" and problem.value.errno == 2

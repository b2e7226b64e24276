"""Properties with setters: virtual, called by `__init__`, by augmented assignment and by unpacking."""

from tracewright.core.system import write_output


def show(text: str) -> None:
    write_output((text + "\n").encode())


class Gauge:
    def __init__(self, level: int) -> None:
        self._level = 0
        self._log: list[str] = []
        self.name = "gauge"
        self.level = level

    @property
    def level(self) -> int:
        return self._level

    @level.setter
    def level(self, value: int) -> None:
        if value < 0:
            raise ValueError("a level is not negative")
        self._level = value * 2

    @property
    def log(self) -> list[str]:
        return self._log

    @log.setter
    def log(self, lines: list[str]) -> None:
        self._log = [*lines, "set"]

    @property
    def rest(self) -> int | None:
        return self._level if self._level else None

    @rest.setter
    def rest(self, value: int | None) -> None:
        self._level = value or 0


class Shifted(Gauge):
    @property
    def level(self) -> int:
        return self._level + 1000

    @level.setter
    def level(self, value: int) -> None:
        self._level = value * 3


class Double(Shifted):
    @property
    def level(self) -> int:
        return super().level * 2

    @level.setter
    def level(self, value: int) -> None:
        self._level = value + 1


def use(gauge: Gauge) -> None:
    gauge.level = 5
    gauge.level += 1
    gauge.log = []
    gauge.log += ["more"]
    gauge.log.append("end")
    show(f"{gauge.level} {' '.join(gauge.log)}")


def main() -> int:
    use(Gauge(1))
    use(Shifted(2))
    use(Double(3))
    gauge = Gauge(3)
    gauge.level, gauge.name = 7, "other"
    show(f"{gauge.level} {gauge.name} {gauge.rest}")
    gauge.rest = 4
    if gauge.rest is not None:
        gauge.rest = None
        show(str(gauge.rest))
    for gauge.level in [4, 5]:
        show(str(gauge.level))
    try:
        gauge.level = -1
    except ValueError as error:
        show(str(error))
    return 0

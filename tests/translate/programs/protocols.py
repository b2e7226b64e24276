"""Protocols as bases: methods without statements are what subclasses have, others are inherited."""

from typing import Protocol

from tracewright.core.system import write_output


class Speaker(Protocol):
    def speak(self) -> str: ...

    def loud(self) -> str:
        return self.speak().upper()


class Cat(Speaker):
    def speak(self) -> str:
        return "meow"


class Dog(Speaker):
    def __init__(self, sound: str) -> None:
        self.sound = sound

    def speak(self) -> str:
        return self.sound


def main() -> int:
    speakers: list[Speaker] = [Cat(), Dog("woof")]
    write_output((",".join(speaker.loud() for speaker in speakers) + "\n").encode())
    return 0

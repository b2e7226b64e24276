"""A `Protocol` that a class does not inherit from.

Why: a call is looked up in the table of a class, which only its subclasses share.
Instead: name the protocol as the base: `class Dog(Speaker)`.
"""

from typing import Protocol


class Speaker(Protocol):
    def speak(self) -> str: ...


class Cat(Speaker):
    def speak(self) -> str:
        return "meow"


class Dog:
    def speak(self) -> str:
        return "woof"


def said(speaker: Speaker) -> int:
    return len(speaker.speak())


def main() -> int:
    return said(Cat()) + said(Dog())

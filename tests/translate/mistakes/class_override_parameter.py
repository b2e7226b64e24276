"""A method that overrides another with other parameter types.

Why: a call on the base class passes what the base class declares.
Instead: the same signature, and `isinstance` inside.
"""


class Animal:
    def eat(self, food: str) -> int:
        return len(food)


class Meat:
    def __init__(self, weight: int) -> None:
        self.weight = weight


class Cat(Animal):
    def eat(self, food: Meat) -> int:
        return food.weight


def feed(animal: Animal) -> int:
    return animal.eat("grass")


def main() -> int:
    return feed(Animal()) + feed(Cat())

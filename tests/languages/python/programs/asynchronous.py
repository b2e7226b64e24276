"""Coroutines, asynchronous generators, `async for`, `async with`, asynchronous comprehensions."""


class Pause:
    """Awaited, it hands out its value once, and gives what is sent."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


def drive(coroutine, *answers):
    """Run a coroutine, answering what it hands out; print all that happens."""
    answers = list(answers)
    answer = None
    while True:
        try:
            given = coroutine.send(answer)
        except StopIteration as stop:
            print("returned", stop.value)
            return
        except BaseException as problem:
            print("raised", type(problem).__name__, problem)
            return
        print("handed out", given)
        answer = answers.pop(0) if answers else None
        if isinstance(answer, BaseException):
            try:
                print("after throw", coroutine.throw(answer))
            except StopIteration as stop:
                print("returned", stop.value)
                return
            except BaseException as problem:
                print("raised", type(problem).__name__, problem)
                return
            answer = None


async def pausing(n):
    total = 0
    for k in range(n):
        total += await Pause(k)
    return total


drive(pausing(3), 10, 20, 30)


async def numbers(n):
    try:
        for k in range(n):
            await Pause(f"pause {k}")
            got = yield k
            if got is not None:
                print("got", got)
    finally:
        print("numbers ends")


async def consume():
    total = 0
    async for x in numbers(3):
        total += x
    else:
        print("else")
    rest = numbers(5)
    async for x in rest:
        if x == 1:
            break
    await rest.aclose()
    return total


drive(consume())


async def sending():
    g = numbers(3)
    print(await g.asend(None))
    print(await g.asend("hello"))
    try:
        print(await g.athrow(ValueError("thrown")))
    except ValueError as e:
        print("came back", e)
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        print("over", e.args)
    await g.aclose()
    h = numbers(2)
    await h.__anext__()
    await h.aclose()
    last = numbers(1)
    step = last.__anext__()
    await step
    try:
        await step
    except RuntimeError as e:
        print(e)
    await last.aclose()


drive(sending())


async def comprehensions():
    print([x async for x in numbers(3)])
    print({x: x * x async for x in numbers(2) if x})
    print({x + y async for x in numbers(2) for y in (10, 20)})
    print([await Pause(x) for x in (1, 2)])
    print([[y async for y in numbers(x)] for x in range(3)])
    lazily = (x * 2 async for x in numbers(2))
    print(type(lazily).__name__)
    async for x in lazily:
        print("lazily", x)
    print([x for x in [y async for y in numbers(2)]])


drive(comprehensions())


class Manager:
    def __init__(self, name, suppresses=False):
        self.name = name
        self.suppresses = suppresses

    async def __aenter__(self):
        print("enter", self.name, await Pause("entering"))
        return self

    async def __aexit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value)
        await Pause("leaving")
        return self.suppresses


async def managing():
    async with Manager("a") as a, Manager("b"):
        print("inside", a.name)
    async with Manager("c", True):
        raise KeyError("lost")
    for k in range(2):
        async with Manager("d"):
            if k == 0:
                continue
            return "from within"


drive(managing(), 1, 2, 3)


async def thrown_into():
    try:
        await Pause("waiting")
    except ValueError as e:
        print("caught", e)
        return await Pause("again")


drive(thrown_into(), ValueError("in"), "answer")


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def counting():
    return [x async for x in Countdown(4)]


drive(counting())


async def bad_for():
    async for x in 5:
        pass


class NoNext:
    def __aiter__(self):
        return 7


class BadNext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 3


async def bad_next():
    async for x in NoNext():
        pass


async def bad_awaitable():
    async for x in BadNext():
        pass


async def bad_with():
    async with 5:
        pass


async def bad_await():
    await 5


for function in (bad_for, bad_next, bad_awaitable, bad_with, bad_await):
    drive(function())


async def twice():
    c = pausing(0)
    await c
    await c


drive(twice())


async def stop_inside():
    raise StopIteration(1)


async def stop_async_inside():
    yield 1
    raise StopAsyncIteration


async def use_stop_async():
    async for x in stop_async_inside():
        print(x)


drive(stop_inside())
drive(use_stop_async())


async def ignoring():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def close_ignoring():
    g = ignoring()
    await g.__anext__()
    await g.aclose()


drive(close_ignoring())


async def delegated(depth):
    if depth == 0:
        return await Pause("bottom")
    return 1 + await delegated(depth - 1)


drive(delegated(5), 100)


async def total(n):
    result = 0
    async for x in numbers_quietly(n):
        result += x
    return result


async def numbers_quietly(n):
    for k in range(n):
        yield k


async def many():
    result = 0
    for k in range(30):
        result += await total(k)
    return result


drive(many())


def ordinary():
    c = pausing(1)
    try:
        for x in c:
            print(x)
    except TypeError as e:
        print(e)
    c.close()
    g = numbers(1)
    try:
        iter(g)
    except TypeError as e:
        print(e)
    print(type(g).__name__, type(g.__anext__()).__name__, type(g.aclose()).__name__, type(c.__await__()).__name__)
    print(hasattr(g, "__aiter__"), g.__aiter__() is g, hasattr(c, "__iter__"))


ordinary()


async def with_anext():
    g = numbers_quietly(2)
    print(await anext(g), await anext(g), await anext(g, "default"), aiter(g) is g)


drive(with_anext())

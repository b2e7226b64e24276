"""`asyncio`: tasks in their order, what they wait for and share, cancellation, groups, time limits."""

import asyncio

log = []


async def worker(name, turns, delay=0):
    for k in range(turns):
        log.append(f"{name}{k}")
        await asyncio.sleep(delay)
    return name * turns


async def tasks():
    a = asyncio.create_task(worker("a", 3), name="first")
    b = asyncio.create_task(worker("b", 2))
    print(a.get_name(), a.done(), await b, a.done())
    print(await a, a.done(), a.result())
    print(await asyncio.gather(worker("c", 2), worker("d", 1), asyncio.sleep(0, "slept")))
    print(" ".join(log))


asyncio.run(tasks())


async def failing(value):
    await asyncio.sleep(0)
    raise ValueError(value)


async def gathering():
    try:
        await asyncio.gather(failing(1), worker("e", 4))
    except ValueError as e:
        print("failed", e)
    print(await asyncio.gather(failing(2), asyncio.sleep(0, 5), return_exceptions=True))
    print(await asyncio.gather())
    twice = asyncio.ensure_future(asyncio.sleep(0, "once"))
    print(await asyncio.gather(twice, twice))


asyncio.run(gathering())


async def cancelling():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("cancelled", e.args)
            raise
        finally:
            print("finally")

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    print(task.cancel("please"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as e:
        print("came out", e.args, task.cancelled(), task.done())
    early = asyncio.create_task(stubborn())
    early.cancel()
    try:
        await early
    except asyncio.CancelledError:
        print("never began")

    async def survivor():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "survived"

    task = asyncio.create_task(survivor())
    await asyncio.sleep(0)
    task.cancel()
    print(await task)


asyncio.run(cancelling())


async def limits():
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except asyncio.TimeoutError as e:
        print("too late", type(e).__name__, type(e.__cause__).__name__)
    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 5))
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(10)
    except TimeoutError:
        print("limit", limit.expired())
    async with asyncio.timeout(5):
        await asyncio.sleep(0)
    try:
        await asyncio.wait_for(failing("inside"), 1)
    except ValueError as e:
        print(e)


asyncio.run(limits())


async def waiting():
    slow = asyncio.create_task(asyncio.sleep(0.3, "slow"))
    fast = asyncio.create_task(asyncio.sleep(0.001, "fast"))
    done, pending = await asyncio.wait({slow, fast}, return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    done, pending = await asyncio.wait([slow, fast])
    print(sorted(t.result() for t in done), len(pending))
    for each in asyncio.as_completed([asyncio.sleep(0.3, 2), asyncio.sleep(0.001, 1)]):
        print(await each)
    print(await asyncio.shield(asyncio.sleep(0, "shielded")))


asyncio.run(waiting())


async def queues():
    queue = asyncio.Queue(2)

    async def producer():
        for k in range(5):
            await queue.put(k)
            print("put", k, queue.qsize())

    async def consumer():
        while True:
            item = await queue.get()
            print("got", item)
            queue.task_done()

    reader = asyncio.create_task(consumer())
    await producer()
    await queue.join()
    reader.cancel()
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        print("empty")
    ordered, stack = asyncio.PriorityQueue(), asyncio.LifoQueue()
    for k in (3, 1, 2):
        ordered.put_nowait(k)
        stack.put_nowait(k)
    print([ordered.get_nowait() for _ in range(3)], [await stack.get() for _ in range(3)])


asyncio.run(queues())


async def sharing():
    lock, event, semaphore = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2)
    condition = asyncio.Condition()
    running = 0
    most = 0

    async def locked(name):
        async with lock:
            print("in", name, lock.locked())
            await asyncio.sleep(0)
            print("out", name)

    async def limited():
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    async def waits():
        await event.wait()
        async with condition:
            await condition.wait_for(lambda: running == 99)
        return "woken"

    waiter = asyncio.create_task(waits())
    await asyncio.gather(*(locked(k) for k in "xyz"))
    await asyncio.gather(*(limited() for _ in range(6)))
    print(most, event.is_set())
    event.set()
    await asyncio.sleep(0)
    running = 99
    async with condition:
        condition.notify_all()
    print(await waiter)
    try:
        lock.release()
    except RuntimeError as e:
        print(e)


asyncio.run(sharing())


async def groups():
    async with asyncio.TaskGroup() as group:
        one = group.create_task(worker("g", 1))
        two = group.create_task(worker("h", 2))
    print(one.result(), two.result())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(failing("x"))
            group.create_task(failing("y"))
            group.create_task(asyncio.sleep(10))
    except* ValueError as e:
        print(e, sorted(str(each) for each in e.exceptions))
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(asyncio.sleep(10))
            await asyncio.sleep(0)
            raise KeyError("body")
    except* KeyError as e:
        print(repr(e.exceptions), task.cancelled())


asyncio.run(groups())


async def generator(n):
    for k in range(n):
        await asyncio.sleep(0)
        yield k


async def collecting():
    print([k async for k in generator(4)], sum([k async for k in generator(5)]))
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.001, future.set_result, "later")
    asyncio.get_running_loop().call_soon(print, "soon")
    print(await future, asyncio.current_task().get_name().startswith("Task-"), len(asyncio.all_tasks()))
    try:
        future.set_result(1)
    except asyncio.InvalidStateError:
        print("done before")


asyncio.run(collecting())


async def many(n):
    async def leaf(k):
        await asyncio.sleep(0)
        return k

    async def branch(depth):
        if depth == 0:
            return await leaf(1)
        return sum(await asyncio.gather(branch(depth - 1), branch(depth - 1), branch(depth - 1)))

    return await branch(n)


print(asyncio.run(many(5)))
for wrong in (lambda: asyncio.run(5), asyncio.get_running_loop):
    try:
        wrong()
    except (ValueError, RuntimeError) as e:
        print(type(e).__name__, e)


async def main_fails():
    asyncio.create_task(worker("z", 5))
    raise LookupError("from main")


try:
    asyncio.run(main_fails())
except LookupError as e:
    print(e)

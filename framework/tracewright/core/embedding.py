"""What a library and its host process hand each other: one request in, one reply out, as bytes (`jit/embedding.py` reads them)."""


def take_request() -> bytes:
    """What the host asks."""
    raise RuntimeError("hosted, nobody embeds the program: call `jit.embedding.answer`")


def give_reply(reply: bytes) -> None:
    """What the host gets."""
    raise RuntimeError("hosted, nobody embeds the program: call `jit.embedding.answer`")

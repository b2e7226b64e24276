"""Every builtin of the language, and a session that knows them."""

from typing import Final

from tracewright.core.value import Value
from tracewright_ruff import modules
from tracewright_ruff.builtins import (
    archives,
    argument_parser,
    arrays,
    assertions,
    async_files,
    base64,
    byte_files,
    clock,
    collections,
    concurrency,
    conversion,
    cryptography,
    csv,
    database_pools,
    databases,
    dictionaries,
    environment,
    files,
    general,
    hashes,
    higher_order,
    http_client,
    http_server,
    images,
    json,
    key_value_store,
    language_models,
    mathematics,
    output,
    paths,
    processes,
    program,
    randomness,
    regex,
    site_pages,
    sockets,
    sorting,
    string_forms,
    strings,
    toml,
    web_tokens,
    yaml,
)
from tracewright_ruff.builtins.denied import denied
from tracewright_ruff.capabilities import Capabilities
from tracewright_ruff.session import Session, W_Native

PI: Final = 3.141592653589793
E: Final = 2.718281828459045

NATIVES: Final[list[W_Native]] = [
    *output.ROWS,
    *mathematics.ROWS,
    *conversion.ROWS,
    *strings.ROWS,
    *string_forms.ROWS,
    *general.ROWS,
    *arrays.ROWS,
    *sorting.ROWS,
    *higher_order.ROWS,
    *dictionaries.ROWS,
    *collections.ROWS,
    *assertions.ROWS,
    *clock.ROWS,
    *concurrency.ROWS,
    *program.ROWS,
    *json.ROWS,
    *randomness.ROWS,
    *argument_parser.ROWS,
    *async_files.ROWS,
    *base64.ROWS,
    *byte_files.ROWS,
    *csv.ROWS,
    *environment.ROWS,
    *files.ROWS,
    *key_value_store.ROWS,
    *paths.ROWS,
    *processes.ROWS,
    *site_pages.ROWS,
    *databases.ROWS,
    *database_pools.ROWS,
    *images.ROWS,
    *language_models.ROWS,
    *hashes.ROWS,
    *archives.ROWS,
    *http_client.ROWS,
    *http_server.ROWS,
    *cryptography.ROWS,
    *web_tokens.ROWS,
    *sockets.ROWS,
    *toml.ROWS,
    *regex.ROWS,
    *yaml.ROWS,
]


def _standard() -> dict[str, Value]:
    builtins = {native.name: Value.of_object(native) for native in NATIVES}
    builtins["PI"] = Value.of_float(PI)
    builtins["E"] = Value.of_float(E)
    return builtins


# Filled while the interpreter is translated, so that no run has to: a new session copies the first and shares the second.
STANDARD: Final[dict[str, Value]] = _standard()
STATEMENTS: Final[dict[str, W_Native]] = {
    native.name: native for native in [*modules.STATEMENTS, *concurrency.STATEMENTS]
}


def new_session(capabilities: Capabilities | None = None) -> Session:
    """A session in which nothing has run, with every builtin that these capabilities allow (all of them where there is None)."""
    session = Session(STANDARD.copy(), STATEMENTS)
    if capabilities is not None and capabilities.restricted:
        for native in NATIVES:
            missing = capabilities.missing_for(native.name)
            if missing != "":
                session.builtins[native.name] = Value.of_object(denied(native.name, missing))
    for method in concurrency.CHANNEL_METHODS:
        session.add_method("channel", method)
    session.builtins["Promise"] = concurrency.promise_namespace(session)
    return session

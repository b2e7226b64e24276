"""Every builtin of the language, put into a session."""

from typing import Final

from tracewright.core.value import Value
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
from tracewright_ruff.modules import STATEMENTS
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


def install_builtins(session: Session, capabilities: Capabilities | None = None) -> None:
    """Make the builtins known. Before anything is compiled: the compiler remembers what each name means."""
    for native in NATIVES:
        missing = "" if capabilities is None else capabilities.missing_for(native.name)
        session.add_native(native if missing == "" else denied(native.name, missing))
    for method in concurrency.CHANNEL_METHODS:
        session.add_method("channel", method)
    for statement in [*STATEMENTS, *concurrency.STATEMENTS]:
        session.add_statement(statement)
    session.add_constant("PI", Value.of_float(PI))
    session.add_constant("E", Value.of_float(E))
    session.add_constant("Promise", concurrency.promise_namespace(session))

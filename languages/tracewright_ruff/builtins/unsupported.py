"""Builtins that Ruff has and we do not have yet. Their names exist; calling one is an error that can be caught."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_DENIED, ARITY_UNSUPPORTED, Session, W_Native

NEVER: Final = 1 << 40  # a number of arguments that no call has

NAMES: Final[list[str]] = """

    http_get http_request http_post http_put http_delete http_get_binary http_get_stream parallel_http async_http_get
    async_http_post 
    ai_chat ai_stream_chat ai_embedding ai_tool_loop jwt_encode jwt_decode jwt_verify oauth2_auth_url
    oauth2_get_token db_pool
    db_pool_acquire db_pool_release db_pool_stats db_pool_close 
    
    hash_password verify_password aes_encrypt aes_decrypt aes_encrypt_bytes aes_decrypt_bytes rsa_generate_keypair
    rsa_encrypt rsa_decrypt rsa_sign rsa_verify load_image gif_to_webp zip_create zip_add_file zip_add_dir zip_close unzip
""".split()


def native_unsupported(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """Never called: no number of arguments fits, and the message about that names the builtin."""
    raise GuestError("a builtin is not supported yet")


def denied(name: str, capability: str) -> W_Native:
    """A builtin that the command line does not allow, for want of this capability."""
    return W_Native(name, NEVER, NEVER, ARITY_DENIED, native_unsupported, shown_name=capability)


ROWS: Final[list[W_Native]] = [W_Native(name, NEVER, NEVER, ARITY_UNSUPPORTED, native_unsupported) for name in NAMES]

"""Builtins that Ruff has and we do not have yet. Their names exist; calling one is an error that can be caught."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_DENIED, ARITY_UNSUPPORTED, Session, W_Native

NEVER: Final = 1 << 40  # a number of arguments that no call has

NAMES: Final[list[str]] = """
    regex_match regex_find_all regex_replace regex_split
    async_read_file async_write_file async_read_files async_write_files

    read_file read_file_lossy read_lines write_file append_file read_binary_file write_binary_file file_exists file_size
    delete_file rename_file copy_file list_dir create_dir io_read_bytes io_write_bytes io_append_bytes io_read_at io_write_at
    io_seek_read io_truncate io_copy_range io_file_metadata encode_base64 decode_base64
    join_path path_join dirname basename path_extension path_absolute path_exists path_is_dir path_is_file path_is_symlink
    os_getcwd os_chdir os_rmdir os_environ env env_or env_int env_float env_bool env_required env_set env_list arg_parser
    execute execute_status spawn_process pipe_commands
    parse_csv to_csv parse_toml to_toml parse_yaml to_yaml kv_set kv_get
    ssg_render_pages ssg_build_output_paths ssg_render_and_write_pages ssg_read_render_and_write_pages

    http_get http_request http_post http_put http_delete http_get_binary http_get_stream parallel_http async_http_get
    async_http_post http_server http_listen http_response json_response html_response redirect_response set_header
    set_headers ai_chat ai_stream_chat ai_embedding ai_tool_loop jwt_encode jwt_decode jwt_verify oauth2_auth_url
    oauth2_get_token db_connect db_execute db_query db_close db_begin db_commit db_rollback db_last_insert_id db_pool
    db_pool_acquire db_pool_release db_pool_stats db_pool_close tcp_listen tcp_accept tcp_connect tcp_send tcp_receive
    tcp_close tcp_set_nonblocking udp_bind udp_send_to udp_receive_from udp_close sha256 sha256_file md5 md5_file
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

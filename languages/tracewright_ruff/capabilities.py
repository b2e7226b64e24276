"""What a program may do to the world outside of it: everything, unless the command line names what it may.

A builtin that needs a capability which is not given is there, but every call of it is an error that says what is missing.
"""

from __future__ import annotations

from typing import Final, final

CAPABILITIES: Final[list[str]] = [
    "fs-read",
    "fs-write",
    "fs-delete",
    "process-exec",
    "shell-exec",
    "env-read",
    "env-write",
    "net-client",
    "net-server",
    "database",
    "clock",
    "random",
]
EVERY_NETWORK: Final = "net"  # `--allow-net` gives both of the network

_NEEDED_BY: dict[str, str] = {
    "fs-read": """
        read_file read_file_lossy read_lines read_binary_file file_exists file_size list_dir io_read_bytes io_read_at
        io_seek_read io_file_metadata path_absolute path_exists path_is_dir path_is_file path_is_symlink os_getcwd kv_get
        async_read_file async_read_files sha256_file md5_file load_image gif_to_webp copy_file io_copy_range
        ssg_read_render_and_write_pages unzip zip_add_file zip_add_dir""",
    "fs-write": """
        write_file append_file write_binary_file create_dir rename_file copy_file io_write_bytes io_append_bytes io_write_at
        io_truncate io_copy_range kv_set async_write_file async_write_files ssg_render_and_write_pages
        ssg_read_render_and_write_pages zip_create zip_close unzip gif_to_webp""",
    "fs-delete": "delete_file os_rmdir rename_file",
    "process-exec": "spawn_process pipe_commands",
    "shell-exec": "execute execute_status",
    "env-read": "env env_or env_int env_float env_bool env_required env_list os_environ",
    "env-write": "env_set os_chdir",
    "net-client": """
        http_get http_request http_post http_put http_delete http_get_binary http_get_stream parallel_http async_http_get
        async_http_post ai_chat ai_stream_chat ai_embedding ai_tool_loop oauth2_get_token tcp_connect udp_send_to""",
    "net-server": "http_server http_listen tcp_listen tcp_accept udp_bind",
    "database": """
        db_connect db_execute db_query db_close db_begin db_commit db_rollback db_last_insert_id db_pool db_pool_acquire
        db_pool_release db_pool_stats db_pool_close""",
    "clock": """
        now now_unix now_utc now_utc_seconds current_timestamp time performance_now time_us time_ns format_duration elapsed
        format_date parse_date sleep async_sleep async_timeout""",
    "random": "random random_int random_choice random_id uuid_v4 set_random_seed clear_random_seed",
}


def _needs() -> dict[str, list[str]]:
    """Of each builtin that needs any: its capabilities."""
    needs: dict[str, list[str]] = {}
    for capability in CAPABILITIES:
        for name in _NEEDED_BY[capability].split():
            needs.setdefault(name, []).append(capability)
    return needs


NEEDS: dict[str, list[str]] = _needs()


@final
class Capabilities:
    """What one run may do."""

    def __init__(self) -> None:
        self.restricted = False  # else everything is allowed
        self._given: set[str] = set()

    def restrict(self) -> None:
        """`--untrusted`: from here on, only what is given."""
        self.restricted = True

    def allow(self, name: str) -> bool:
        """`--allow-NAME`; gives whether there is such a capability. Naming one restricts the run to those named."""
        if name == EVERY_NETWORK:
            self._given.update(["net-client", "net-server"])
        elif name in CAPABILITIES:
            self._given.add(name)
        else:
            return False
        self.restricted = True
        return True

    def missing_for(self, builtin: str) -> str:
        """The first capability that the builtin needs and the run has not; "" if it may be called."""
        if self.restricted:
            for capability in NEEDS.get(builtin, NOTHING):
                if capability not in self._given:
                    return capability
        return ""


NOTHING: Final[list[str]] = []

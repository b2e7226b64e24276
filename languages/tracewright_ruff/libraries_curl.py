"""What Ruff uses of libcurl, and of C's streams into memory, by which libcurl hands over what it has got without calling back."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CText, CWords, Library
from tracewright.core.foreign_headers import Header
from tracewright.lib.system_headers import LIBC

CURL: Final = Library(["libcurl.so.4", "libcurl-gnutls.so.4"], package="libcurl4")
_TYPES: Final = (
    "typedef void CURL; typedef void CURLM; typedef int CURLcode; typedef int CURLMcode; typedef int CURLoption; typedef int CURLINFO; "
    "typedef int CURLMoption; typedef long curl_off_t; struct curl_slist; typedef struct CURLMsg CURLMsg;"
)
CURL_H: Final = Header("curl/curl.h", CURL, types=_TYPES)
STDIO_H: Final = Header("stdio.h", LIBC, types="typedef struct _IO_FILE FILE;")

URL: Final = CURL_H.constant("CURLOPT_URL", 10002)
WRITE_DATA: Final = CURL_H.constant("CURLOPT_WRITEDATA", 10001)
HEADER_DATA: Final = CURL_H.constant("CURLOPT_HEADERDATA", 10029)
HEADERS: Final = CURL_H.constant("CURLOPT_HTTPHEADER", 10023)
METHOD: Final = CURL_H.constant("CURLOPT_CUSTOMREQUEST", 10036)
USER_AGENT: Final = CURL_H.constant("CURLOPT_USERAGENT", 10018)
ENCODINGS: Final = CURL_H.constant("CURLOPT_ACCEPT_ENCODING", 10102)
COPY_BODY: Final = CURL_H.constant("CURLOPT_COPYPOSTFIELDS", 10165)
BODY_SIZE: Final = CURL_H.constant("CURLOPT_POSTFIELDSIZE_LARGE", 30120)
NO_BODY: Final = CURL_H.constant("CURLOPT_NOBODY", 44)
FOLLOW: Final = CURL_H.constant("CURLOPT_FOLLOWLOCATION", 52)
MOST_REDIRECTIONS: Final = CURL_H.constant("CURLOPT_MAXREDIRS", 68)
NO_SIGNALS: Final = CURL_H.constant("CURLOPT_NOSIGNAL", 99)
TIMEOUT: Final = CURL_H.constant("CURLOPT_TIMEOUT_MS", 155)
PROTOCOLS: Final = CURL_H.constant("CURLOPT_PROTOCOLS", 181)
REDIRECTION_PROTOCOLS: Final = CURL_H.constant("CURLOPT_REDIR_PROTOCOLS", 182)
HTTP_AND_HTTPS: Final = 3
RESPONSE_CODE: Final = CURL_H.constant("CURLINFO_RESPONSE_CODE", 0x200002)
BYTES_RECEIVED: Final = CURL_H.constant("CURLINFO_SIZE_DOWNLOAD_T", 0x600008)
EVERYTHING: Final = CURL_H.constant("CURL_GLOBAL_DEFAULT", 3)
DONE: Final = CURL_H.constant("CURLMSG_DONE", 1)

MESSAGE: Final = CURL_H.record("CURLMsg", {"msg": "unsigned int", "easy_handle": "void *", "data": "void *"})
MESSAGE_KIND: Final = MESSAGE.offsets["msg"]
MESSAGE_HANDLE: Final = MESSAGE.offsets["easy_handle"]
MESSAGE_RESULT: Final = MESSAGE.offsets["data"]


@CURL_H.function("CURLcode curl_global_init(long)")
def start_library(flags: CLong) -> CInt:
    raise NotImplementedError


@CURL_H.function("const char *curl_easy_strerror(CURLcode)")
def error_text(number: CInt) -> CAddress:
    raise NotImplementedError


# --- one transfer ----------------------------------------------------------------------------------------------------
@CURL_H.function("CURL *curl_easy_init(void)")
def new_transfer() -> CAddress:
    raise NotImplementedError


@CURL_H.function("void curl_easy_cleanup(CURL *)")
def free_transfer(transfer: CAddress) -> None:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_setopt(CURL *, CURLoption, ...)", variadic=["const char *"])
def set_text(transfer: CAddress, option: CInt, text: CText) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_setopt(CURL *, CURLoption, ...)", variadic=["const char *"])
def set_data(transfer: CAddress, option: CInt, data: CData) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_setopt(CURL *, CURLoption, ...)", variadic=["long"])
def set_number(transfer: CAddress, option: CInt, number: CLong) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_setopt(CURL *, CURLoption, ...)", variadic=["curl_off_t"])
def set_size(transfer: CAddress, option: CInt, size: CLong) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_setopt(CURL *, CURLoption, ...)", variadic=["void *"])
def set_place(transfer: CAddress, option: CInt, place: CAddress) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLcode curl_easy_getinfo(CURL *, CURLINFO, ...)", variadic=["long *"])
def get_number(transfer: CAddress, what: CInt, number: CWords) -> CInt:
    raise NotImplementedError


@CURL_H.function("struct curl_slist *curl_slist_append(struct curl_slist *, const char *)")
def with_line(lines: CAddress, line: CText) -> CAddress:
    raise NotImplementedError


@CURL_H.function("void curl_slist_free_all(struct curl_slist *)")
def free_lines(lines: CAddress) -> None:
    raise NotImplementedError


# --- several at once -------------------------------------------------------------------------------------------------
@CURL_H.function("CURLM *curl_multi_init(void)")
def new_group() -> CAddress:
    raise NotImplementedError


@CURL_H.function("CURLMcode curl_multi_add_handle(CURLM *, CURL *)")
def add_transfer(group: CAddress, transfer: CAddress) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLMcode curl_multi_remove_handle(CURLM *, CURL *)")
def remove_transfer(group: CAddress, transfer: CAddress) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLMcode curl_multi_perform(CURLM *, int *)")
def perform(group: CAddress, running: CWords) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLMcode curl_multi_fdset(CURLM *, fd_set *, fd_set *, fd_set *, int *)")
def get_descriptors(group: CAddress, reading: CAddress, writing: CAddress, failing: CAddress, last: CWords) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLMcode curl_multi_timeout(CURLM *, long *)")
def get_timeout(group: CAddress, milliseconds: CWords) -> CInt:
    raise NotImplementedError


@CURL_H.function("CURLMsg *curl_multi_info_read(CURLM *, int *)")
def next_message(group: CAddress, left: CWords) -> CAddress:
    raise NotImplementedError


# --- streams into memory ---------------------------------------------------------------------------------------------
@STDIO_H.function("FILE *open_memstream(char **, size_t *)")
def open_memory(place: CAddress, size: CAddress) -> CAddress:
    raise NotImplementedError


@STDIO_H.function("int fclose(FILE *)")
def close_stream(stream: CAddress) -> CInt:
    raise NotImplementedError

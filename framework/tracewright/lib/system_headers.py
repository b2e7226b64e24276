"""The C library, and a header of it whose types and functions several modules share."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import Library
from tracewright.core.foreign_headers import Header

LIBC: Final = Library(["libc.so.6"], package="libc6")
UNISTD_H: Final = Header("unistd.h", LIBC, types="typedef unsigned int uid_t; typedef unsigned int gid_t;")

"""C sources of the run-time support: process entry, signals, files, the C side of the heap, code memory."""

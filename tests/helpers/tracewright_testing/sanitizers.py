"""Whether the C compiler of this machine has the sanitizers that tests build with."""

import subprocess
import tempfile
from pathlib import Path

from tracewright.translate.emit_c.build import LINK_FLAGS, find_compiler, sanitizer_flags
from tracewright.translate.emit_c.target import host_target


def why_without(sanitizers: str) -> str:
    """Why programs cannot be built with these sanitizers here; "" if they can."""
    compiler = find_compiler(host_target()).command
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "empty.c", Path(folder) / "empty"
        source.write_text("int main(void) { return 0; }\n", encoding="utf-8")
        flags = [*sanitizer_flags(sanitizers), *LINK_FLAGS]
        made = subprocess.run(
            [compiler, str(source), "-o", str(output), *flags], capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            return f"{compiler} cannot build with -fsanitize={sanitizers}: {made.stderr.strip()[:200]}"
        run = subprocess.run([str(output)], capture_output=True, text=True, check=False)
        return "" if run.returncode == 0 else f"-fsanitize={sanitizers} does not run here: {run.stderr.strip()[:200]}"

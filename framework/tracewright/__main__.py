"""`python -m tracewright`."""

import sys

from tracewright.command_line import main

sys.exit(main())

"""`python -m stagecraft`."""

import sys

from stagecraft.cli import main

sys.exit(main())

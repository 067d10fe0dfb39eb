"""Stagecraft: plan, cast, contract, call, report and print a theatre season.

Read the layers top down: `ui` and `cli` on top, then `services`, `paper` and `exchange`, then `queries`,
`store`, `domain` and `base`. A row imports only rows below it.
"""

__version__ = "0.1.0"

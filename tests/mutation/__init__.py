"""Deliberate faults in the engine of work rules: `python -m tests.mutation` says which of them no test notices.

`faults` makes them, `trial` runs tests against one of them in a process of its own, `__main__` is the command.
`equivalents.toml` lists those that change nothing anybody could notice, each with the reason.
"""

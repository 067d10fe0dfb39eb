"""The sample season: two productions and everybody in them, built by the program's own commands.

The data lies in `resources/sample`; nothing here knows a name from it. `book` reads and moves the data, `people`,
`script`, `calendar`, `contracts` and `reports` turn it into commands, `build` runs them as one step.
"""

from __future__ import annotations

from stagecraft.services.sample.book import default_anchor
from stagecraft.services.sample.build import BuildSample, build_sample

__all__ = ["BuildSample", "build_sample", "default_anchor"]

"""Plain rows for screens, paper and planner: Core selects, one file a noun, a fixed number of statements each."""

"""Commands: everything a person can do, one class each, one file a noun, and the engine that runs them."""

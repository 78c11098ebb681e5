"""tools/dev: one command for people. Each verb is a file in verbs/."""

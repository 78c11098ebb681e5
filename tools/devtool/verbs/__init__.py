"""The verbs of tools/dev, one module each.

A verb's module has a docstring whose first line is shown by `tools/dev`, RANK (its place in that
list), `configure(parser)` for its arguments, and `run(context, arguments)`, which returns the exit
code or None for 0. To add a verb, add a module.
"""

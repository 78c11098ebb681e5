"""What `tools/dev check` checks, one module per subject.

A module has TITLE, `find(context)`, which returns a line per thing that is wrong, and
`mend(context)` if `tools/dev fmt` can repair it. To add a check, add a module.
"""

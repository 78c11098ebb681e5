"""How each kind of test is found, run and counted."""

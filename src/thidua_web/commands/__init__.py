"""The verbs of the command line, one module each: `command` is what `thidua VERB` runs."""

"""Units and persons, with validity in time."""

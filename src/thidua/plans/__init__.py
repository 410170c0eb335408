"""Plans: the text of a file, its outline, the facts read out of it, their checks and their calendar."""

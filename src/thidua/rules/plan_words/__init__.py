"""The language in which plans say what they ask: clauses cut into demands, and the grammar of each demand."""

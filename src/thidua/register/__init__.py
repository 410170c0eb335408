"""Units and people without a database: lists that come in, who is who across them, what a reform makes of units."""

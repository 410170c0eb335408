"""Scoring of blocs without a database: a table of points as data, its formulas, points with reasons, ranks, what-if."""

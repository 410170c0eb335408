"""Nominations: their dossiers, what speaks against them, whether a unit may submit, appraisal's clocks and conflicts.

Values in, findings out. Nothing here knows a database, a clock or a person's session.
"""

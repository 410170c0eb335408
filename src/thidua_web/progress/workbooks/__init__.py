"""Workbooks of reports: the form that works off-line, its way back, and lists to take along."""

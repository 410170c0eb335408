"""A province's sign-in system, as a project and a process of its own (see server.py)."""

"""Users, their roles in units over time, and the one list of who may do what."""

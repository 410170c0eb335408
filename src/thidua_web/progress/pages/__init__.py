"""What pages show, put together from rows."""

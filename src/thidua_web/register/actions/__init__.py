"""Every write to the register."""

"""Thidua: emulation campaigns and commendation, from the signed plan to the honours register."""

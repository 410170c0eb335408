"""The checks themselves, one small function each, by what they look at. `thidua.nominations.checking` joins them."""

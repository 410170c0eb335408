"""Held-out plans: the reader is measured on them and never tuned on them."""

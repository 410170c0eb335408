"""Plan documents, read in the background, and what was read out of them."""

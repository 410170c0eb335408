"""What units take on, what they report of it, and how a bloc is scored."""

"""What may be written and asked."""

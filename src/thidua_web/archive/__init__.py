"""Stored files by content hash: kept once, never changed, given out only as downloads."""

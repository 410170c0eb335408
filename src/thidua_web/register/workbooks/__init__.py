"""Workbooks in and out: what came in is read in a process apart, what goes out is written row by row."""

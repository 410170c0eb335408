"""The journal (nhật ký): every official act is one line, and each line is sealed onto the one before it.

A seal is HMAC-SHA256 under a key that the database does not hold, over the seal of the line before and the line's
canonical bytes. Whoever changes, takes out, puts in or moves a line in the database cannot make the seals fit again;
whoever cuts off the tail is found by the head (number of lines and last seal) that is kept apart.
"""

from thidua.journal.lines import START, Head, Line, Sealed, canonical, seal
from thidua.journal.verifying import Verifier, verify

__all__ = ["START", "Head", "Line", "Sealed", "Verifier", "canonical", "seal", "verify"]

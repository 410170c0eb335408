"""The law, shown: awards and what they ask, instruments and their days, the exact words where they were loaded."""

"""The journal of every act: append-only, chained by keyed hashes. It stands below all that writes to it."""

"""The language: Unicode repair with offsets kept, folding, syllables, dates, numbers, names."""

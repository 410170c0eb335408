"""Who may be proposed for what: facts that criteria need, taken out of the register, and their judgement."""

"""Who meets which criteria: facts about a nominee, predicates, one nominee explained, a whole register at once."""

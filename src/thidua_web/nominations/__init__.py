"""From "who deserves it" to a list that a council can vote on: nomination, dossier, appraisal."""

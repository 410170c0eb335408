"""One small grammar a kind of fact. Each takes the outlined text and gives facts with their words."""

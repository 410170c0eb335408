"""Settings, start-up and the one place where the queue is configured. Imports nothing of the apps."""

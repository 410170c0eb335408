"""Every read that a page of this app needs."""

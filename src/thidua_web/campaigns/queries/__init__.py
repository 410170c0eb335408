"""Every read of campaigns that a page needs, one module a matter."""

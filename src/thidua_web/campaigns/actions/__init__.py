"""Every write of campaigns, one module a matter."""

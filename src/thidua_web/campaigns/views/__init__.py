"""The pages of campaigns, one module a matter."""

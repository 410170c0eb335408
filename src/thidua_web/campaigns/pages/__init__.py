"""What the pages of campaigns show, put together from rows and readings; no request, and nothing is written."""

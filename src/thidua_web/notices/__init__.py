"""Notices (thông báo): what one should know, in the inbox and by mail. Apps above say it, nobody waits for the mail."""

"""What people fill in on the register's pages."""

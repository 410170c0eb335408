"""What the register's pages show; nothing here writes."""

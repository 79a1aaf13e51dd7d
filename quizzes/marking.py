"""marking, being written."""

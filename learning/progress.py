"""progress, being written."""

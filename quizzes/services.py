"""services, being written."""

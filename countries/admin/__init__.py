"""What coordinators see of the country layer."""

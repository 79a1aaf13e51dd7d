"""The issuer's desk in the Wagtail admin. Every list and every object is that of the person's own organisations."""

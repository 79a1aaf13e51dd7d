"""Two pairs of eyes before anything is published: the checklist, the two steps, and the mail of the day."""

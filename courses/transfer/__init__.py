"""Courses as files in the editor: one that leaves is a zip; one that comes is a plan first, and is written when confirmed."""

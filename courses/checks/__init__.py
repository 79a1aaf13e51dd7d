"""What somebody should look at before a lesson goes out: words, lengths, pictures, details of real cases, links, upkeep.

Advice beside the text while it is being written. Nothing here stops anybody from saving.
"""

"""The words of the trade: what they mean, and how each partner's language says them."""

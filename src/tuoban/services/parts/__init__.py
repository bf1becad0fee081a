"""Parts: what lies in stock, leaves it with a case, and is lent and comes back."""

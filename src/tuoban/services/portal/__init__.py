"""The customer's side of a case: links that open one case, what is seen of it and done."""

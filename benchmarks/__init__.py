"""Measurements that compare; `make bench` runs them. Nothing of the product imports them."""

"""Billing: quotes, payments and deposits, and what a case has paid, owes and has in deposit."""

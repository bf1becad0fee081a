"""Booking: places at a time, of which no more are given away than there are."""

"""Tests of Tuoban, mirroring `src/tuoban`; `support` holds what they share."""

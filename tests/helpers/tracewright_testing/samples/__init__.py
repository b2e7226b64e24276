"""Dialect programs that tests run hosted and native; what they write must agree."""

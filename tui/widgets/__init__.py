"""Widgets, each drawing one immutable value."""

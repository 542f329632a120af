"""Screens: wiring of widgets, one module each, imported when first opened."""

"""Warnings: what the rules find in the facts about one client on one day, and what becomes of it."""

"""Telegram by its own protocol, with the session of a user: exact figures. Telethon is wanted only here."""

"""The regular run: its schedule and the crontab of the user."""

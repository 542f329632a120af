"""Telegram: the public preview of a channel, and the exact member count for a bot."""

from connectors.telegram.connector import TelegramConnector

__all__ = ["TelegramConnector"]

"""Instagram: any business account by the token of another, one's own with its insights, over Meta's API."""

from connectors.instagram.connector import InstagramConnector

__all__ = ["InstagramConnector"]

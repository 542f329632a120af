"""YouTube: channels, videos and, for their owners, subscriptions by day, over Google's official APIs."""

from connectors.youtube.connector import YoutubeConnector

__all__ = ["YoutubeConnector"]

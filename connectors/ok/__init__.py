"""Odnoklassniki: groups, their posts and their statistics by day, over the signed REST API."""

from connectors.ok.connector import OkConnector

__all__ = ["OkConnector"]

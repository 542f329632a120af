"""Which figures networks show, so that nothing is asked of one that it never tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def offers_of(networks: Sequence[str]) -> frozenset[str] | None:
    """The figures that these networks show; None where one of them is unknown."""
    from connectors.base import ConnectorError
    from connectors.registry import connector_class

    try:
        return frozenset(metric for name in networks for metric in connector_class(name).metrics)
    except ConnectorError:
        return None

"""Which networks there are, and how to get at the connector of one.

A network of ours is one line in `NETWORKS`; a third party's is an entry point of the group
`smart_smm.connectors`. Nothing is imported before it is asked for, and entry points are read only
by who may need them, so that a broken plug-in fails alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

from connectors.base import API_VERSION, Connector, ConnectorError, Part, Trouble, TroubleKind

#: The entry-point group in which third parties name their connectors.
GROUP = "smart_smm.connectors"

#: The networks that come with the program: name -> "module:Class".
NETWORKS: Mapping[str, str] = {
    "bluesky": "connectors.bluesky:BlueskyConnector",
    "instagram": "connectors.instagram:InstagramConnector",
    "mastodon": "connectors.mastodon:MastodonConnector",
    "max": "connectors.max:MaxConnector",
    "metrika": "connectors.metrika:MetrikaConnector",
    "ok": "connectors.ok:OkConnector",
    "dzen": "connectors.dzen:DzenConnector",
    "rutube": "connectors.rutube:RutubeConnector",
    "telegram": "connectors.telegram:TelegramConnector",
    "vk": "connectors.vk:VkConnector",
    "youtube": "connectors.youtube:YoutubeConnector",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A third party's connector as its package declares it: not imported yet."""

    name: str
    value: str
    distribution: str


def network_names() -> tuple[str, ...]:
    """The names of the networks that come with the program; imports nothing."""
    return tuple(NETWORKS)


def plugins() -> tuple[Plugin, ...]:
    """The connectors that installed packages declare, by name; imports none of them."""
    from importlib import metadata  # reading packages is dear, and few commands do

    found = (
        Plugin(point.name, point.value, point.dist.name if point.dist else "")
        for point in metadata.entry_points(group=GROUP)
    )
    return tuple(sorted(found, key=lambda plugin: plugin.name))


def known_networks() -> tuple[str, ...]:
    """The names of all networks that a connector reads, ours first; imports none of them."""
    return tuple(dict.fromkeys((*network_names(), *(plugin.name for plugin in plugins()))))


def connector_class(network: str) -> type[Connector]:
    """The connector of a network, imported now; ours come before a plug-in of the same name.

    Raises:
        ConnectorError: `registry.unknown` for a network that nobody serves, `registry.broken` for
            a plug-in that cannot be used.
    """
    if network in NETWORKS:
        found = _load(NETWORKS[network])
        if found.name != network:
            raise TypeError(f"{NETWORKS[network]} calls itself {found.name!r}, not {network!r}")
        return found
    for plugin in plugins():
        if plugin.name == network:
            return _plugin_class(plugin)
    raise ConnectorError(Trouble(TroubleKind.CONFIG, "registry.unknown", facts={"network": network}))


def load(names: Iterable[str]) -> tuple[dict[str, type[Connector]], dict[str, Trouble]]:
    """Import the connectors of several networks; one that fails stops none of the others.

    Returns:
        The classes by network, and the troubles by network.
    """
    classes: dict[str, type[Connector]] = {}
    troubles: dict[str, Trouble] = {}
    for name in dict.fromkeys(names):
        try:
            classes[name] = connector_class(name)
        except ConnectorError as error:
            troubles[name] = error.trouble
    return classes, troubles


def _plugin_class(plugin: Plugin) -> type[Connector]:
    try:
        found = _load(plugin.value)
    except Exception as error:
        _log.warning("connector plug-in %s failed to load", plugin.name, exc_info=True)
        raise _broken(plugin, f"{type(error).__name__}: {error}") from error
    declared = getattr(found, "api_version", None)
    if declared != API_VERSION:
        raise _broken(plugin, f"API_VERSION {declared}, needed {API_VERSION}")
    if getattr(found, "name", None) != plugin.name:
        raise _broken(plugin, f"calls itself {getattr(found, 'name', None)!r}")
    if not _is_complete(found):
        raise _broken(plugin, "no complete Connector")
    return found


def _is_complete(found: type[Connector]) -> bool:
    reads = getattr(found, "reads", None)
    return (
        not getattr(found, "__abstractmethods__", None)
        and isinstance(reads, Mapping)
        and all(isinstance(part, Part) for part in reads)
        and isinstance(getattr(found, "metrics", None), frozenset)
    )


def _load(value: str) -> type[Connector]:
    module, _, name = value.partition(":")
    found = getattr(import_module(module), name)
    if not (isinstance(found, type) and issubclass(found, Connector)):
        raise TypeError(f"{value} is no connectors.base.Connector")
    return found


def _broken(plugin: Plugin, detail: str) -> ConnectorError:
    facts = {"network": plugin.name, "package": plugin.distribution or plugin.value}
    return ConnectorError(Trouble(TroubleKind.CONFIG, "registry.broken", detail, facts))

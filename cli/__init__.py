"""The smm command: configuration, one module a command group, and the composition root."""

__version__ = "0.1.0"

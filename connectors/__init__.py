"""The networks: one file each, behind the contract of `connectors.base`."""

"""What knows all packages: addresses, navigation, the outer server, the `linli` command."""

"""What `smm doctor` looks at."""

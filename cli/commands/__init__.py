"""One module a command group: `HELP`, `add_arguments(parser, ctx)`, `run(ctx, args)`."""

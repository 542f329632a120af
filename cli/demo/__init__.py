"""The demo store: fictional clients with 120 days of history, made anew relative to today.

`model` says what a fictional client is made of, `cast` and `texts` are the clients themselves,
`agreed` is what was agreed with them, `history` invents their days and `build` writes the store.
"""

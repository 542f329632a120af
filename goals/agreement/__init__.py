"""The agreement with a client as data: terms, their plain form, the goals they ask for, their changes."""

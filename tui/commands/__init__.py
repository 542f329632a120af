"""What a person can do in the dashboard: one class a command, one module an area.

Bindings, the footer, help, the palette and the key tables of the docs are generated from these
classes. Titles and helps are messages; they are put into words when they are drawn. The ids are
stable: a user's own keys refer to them.
"""

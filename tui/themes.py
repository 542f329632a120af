"""The program's own colours, dark and light, beside those that Textual has."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="smm-dark",
    primary="#7aa2f7",
    secondary="#89b4c8",
    accent="#e0af68",
    warning="#e8b45a",
    error="#f2788f",
    success="#8fcf7a",
    foreground="#d8dbe6",
    background="#16171f",
    surface="#1b1d27",
    panel="#262936",
    dark=True,
    variables={"footer-key-foreground": "#e0af68"},
)

LIGHT = Theme(
    name="smm-light",
    primary="#2450a8",
    secondary="#2f6f86",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3203d",
    success="#2c7031",
    foreground="#22242c",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#e6e3da",
    dark=False,
    variables={"footer-key-foreground": "#8a5a00"},
)

"""Files that people already have: tables of any program, sheets, and exports of networks."""

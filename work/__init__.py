"""What a specialist does, whichever way: check in, hold a call, accept an agreement, plan the day.

Functions over a store's reader or writer and the words, used by the command line and the dashboard alike.
"""

"""The domain of SMART SMM: goals, their pace and chance. Pure: no I/O, no clock, standard library only."""

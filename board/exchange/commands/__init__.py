"""The verbs of imports: starting and steering them; writing what is new; bringing up to date what came before."""

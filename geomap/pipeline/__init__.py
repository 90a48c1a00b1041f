"""The two flows, read aloud; only here does anybody know the order of the stages.

``intake`` reads words: documents and sheets become found.csv and the ledger.
``build`` reads those two tables and nothing else of the world: it needs no network.
"""

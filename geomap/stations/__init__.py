"""Stations as tables: the ledger, what documents gave, how they meet, and what is counted."""

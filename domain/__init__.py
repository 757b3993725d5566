"""The words that every room shares: frozen records, enumerations, errors, settings.

Nothing here reads a file, a clock or the network. Field names are those of the contract.
"""

"""The API of the contract: JSON over HTTP under ``/api/v1``, one file a subject."""

"""The commands, one file a subject. Heavy rooms are imported inside them, so that ``--help`` is quick."""

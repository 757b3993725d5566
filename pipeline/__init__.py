"""The line itself: folder → pages → readings → documents → flags, for a file, an application, a batch."""

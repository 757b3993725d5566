"""Pen or print: a small network that tells handwriting from print and from what is no writing."""

"""A small network of our own that tells the print beneath a seal from the seal: weights, card, teaching.

Only ``print_under_ink.onnx`` is used at run time; the modules here need PyTorch and the fonts of
``fixtures/fonts.py`` and are run by hand (see ``card.md``).
"""

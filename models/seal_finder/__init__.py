"""A small network of our own that points at seals on a page: weights, card, and how it was taught.

Only ``seal_finder.onnx`` is used at run time; the modules here need PyTorch and the fonts of
``fixtures/fonts.py`` and are run by hand (see ``card.md``).
"""

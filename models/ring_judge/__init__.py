"""A small network of our own that tells a seal's ring from a badge and from curves of print (``card.md``).

Only ``ring_judge.onnx`` is used at run time; the modules here need PyTorch and the fonts of
``fixtures/fonts.py`` and are run by hand.
"""

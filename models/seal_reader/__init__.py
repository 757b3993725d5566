"""The reader of seals, taught on drawn strips: weights, alphabet, card, and how it was taught.

Only ``seal_reader.onnx`` and ``alphabet.txt`` are used at run time; the modules here need PyTorch and the
fonts of ``fixtures/setup_fonts.sh`` and are run by hand (see ``card.md``).
"""

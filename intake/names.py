"""Display names: what an uploader called a file, made fit to be shown on one line."""

import unicodedata

LONGEST = 120
REPLACEMENT = "�"
# Line and paragraph separators, and marks that turn the reading direction ("gpj.exe" shown as "exe.jpg").
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """``name`` without control characters, line breaks, ``..`` steps or a leading slash; never empty.

    For display only: a cleaned name is never opened. Long names keep their beginning and their ending.
    """
    composed = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    shown = "".join(
        REPLACEMENT if unicodedata.category(character) in _UNSHOWABLE else character for character in composed
    )
    steps = [step for step in shown.replace("\\", "/").split("/") if step not in {"", ".", ".."}]
    tidy = "/".join(steps).strip() or "未命名文件"
    if len(tidy) > LONGEST:
        half = (LONGEST - 1) // 2
        tidy = f"{tidy[:half]}…{tidy[-half:]}"
    return tidy

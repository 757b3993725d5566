"""What a file is, told from its first bytes; its name is never believed. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

HEAD_BYTES = 4096
_PDF_WITHIN = 1024  # readers accept junk before "%PDF-" in the first kilobyte


@dataclass(frozen=True, slots=True)
class Sniffed:
    """``kind`` is a name of ``intake.wire.KINDS``, or None where the type is not one we read."""

    media_type: str
    kind: str | None
    shown: str
    """The type in Chinese, for a message."""


_KNOWN: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\xff\xd8\xff", Sniffed("image/jpeg", "JPEG", "JPG图片")),
    (b"\x89PNG\r\n\x1a\n", Sniffed("image/png", "PNG", "PNG图片")),
    (b"II*\0", Sniffed("image/tiff", "TIFF", "TIFF图片")),
    (b"MM\0*", Sniffed("image/tiff", "TIFF", "TIFF图片")),
    (b"II+\0", Sniffed("image/tiff", "TIFF", "TIFF图片")),
    (b"MM\0+", Sniffed("image/tiff", "TIFF", "TIFF图片")),
)
_FOREIGN: tuple[tuple[bytes, Sniffed], ...] = (
    (b"GIF8", Sniffed("image/gif", None, "GIF图片")),
    (b"\xd0\xcf\x11\xe0", Sniffed("application/x-ole-storage", None, "旧版Office文档")),
    (b"Rar!", Sniffed("application/vnd.rar", None, "RAR压缩包")),
    (b"7z\xbc\xaf", Sniffed("application/x-7z-compressed", None, "7z压缩包")),
    (b"{\\rtf", Sniffed("application/rtf", None, "RTF文档")),
    (b"\x1f\x8b", Sniffed("application/gzip", None, "GZ压缩包")),
    (b"MZ", Sniffed("application/vnd.microsoft.portable-executable", None, "可执行程序")),
    (b"AT&TFORM", Sniffed("image/vnd.djvu", None, "DjVu文档")),
    (b"\0\0\0\x0cjP  ", Sniffed("image/jp2", None, "JPEG 2000图片")),
)
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}


def sniff(head: bytes) -> Sniffed:
    """The type of a file whose first ``HEAD_BYTES`` bytes are ``head``."""
    for signature, known in _KNOWN:
        if head.startswith(signature):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Sniffed("image/webp", "WEBP", "WebP图片")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return Sniffed("image/bmp", "BMP", "BMP图片")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Sniffed("application/pdf", "PDF", "PDF")
    return _foreign(head)


def _foreign(head: bytes) -> Sniffed:
    for signature, known in _FOREIGN:
        if head.startswith(signature):
            return known
    if head[4:8] == b"ftyp":
        heif = head[8:12] in _HEIF_BRANDS
        return Sniffed("image/heic", None, "HEIC照片") if heif else Sniffed("video/mp4", None, "视频")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if _is_text(head):
        return Sniffed("text/plain", None, "文本")
    return Sniffed("application/octet-stream", None, "未知类型")


def _zipped(head: bytes) -> Sniffed:
    if b"word/" in head:
        return Sniffed(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None, "Word文档"
        )
    if b"xl/" in head:
        return Sniffed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None, "Excel表格")
    if b"OFD.xml" in head:
        return Sniffed("application/ofd", None, "OFD文档")
    return Sniffed("application/zip", None, "压缩包或Office文档")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            # The last character may be cut by the end of the sample.
            text = head[:-3].decode(encoding) if len(head) == HEAD_BYTES else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(character.isprintable() or character in "\r\n\t\f" for character in text.lstrip("\ufeff"))
    return False

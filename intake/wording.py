"""From a reason to a Chinese sentence: what is wrong with which file, and how to put it right."""

from __future__ import annotations

from domain.errors import FileProblem, InputError
from domain.settings import Limits
from intake.wire import Reason

_MESSAGES: dict[Reason, str] = {
    Reason.NOT_A_FILE: "“{name}”不存在，或不是普通文件，请核对文件名后重新上传。",
    Reason.NOT_READABLE: "没有读取文件“{name}”的权限，请联系管理员，或重新上传。",
    Reason.EMPTY: "文件“{name}”是空的（0字节），请重新扫描或导出后上传。",
    Reason.NOT_KNOWN: (
        "文件“{name}”不是可识别的图片或PDF（内容为{shown}），请重新扫描或导出为JPG、PNG或PDF后上传。"
    ),
    Reason.TRUNCATED: "文件“{name}”不完整，可能上传或保存时中断，请重新扫描或重新导出后上传。",
    Reason.DAMAGED: "文件“{name}”已损坏，无法打开，请重新扫描或重新导出为JPG、PNG或PDF后上传。",
    Reason.LOCKED: "文件“{name}”设有打开密码，请取消密码保护后重新上传。",
    Reason.TOO_MANY_BYTES: "文件“{name}”超过{megabytes}MB，请降低扫描分辨率或拆分后重新上传。",
    Reason.TOO_MANY_PIXELS: "文件“{name}”的图像尺寸过大，请用200至300DPI重新扫描后上传。",
    Reason.TOO_MANY_PAGES: "文件“{name}”超过{pages}页，请拆分成几个文件后重新上传。",
    Reason.OUT_OF_MEMORY: "文件“{name}”打开时占用内存过多，请用200至300DPI重新扫描，或拆分后重新上传。",
    Reason.OUT_OF_TIME: "文件“{name}”打开时间过长，请重新扫描为普通的JPG或PDF，或拆分后重新上传。",
    Reason.CRASHED: "文件“{name}”无法打开，可能已损坏，请重新扫描或重新导出为JPG、PNG或PDF后上传。",
    Reason.NO_PAGES: "文件“{name}”里没有页面，请重新扫描或重新导出后上传。",
    Reason.PAGE_TOO_WIDE: "文件“{name}”的页面尺寸异常（过大或过于狭长），请按A4纸重新导出后上传。",
}


def refusal(
    name: str, problem: FileProblem, reason: Reason, limits: Limits, shown: str = "未知类型"
) -> InputError:
    """The error that a person reads. ``name`` has been through ``safe_name``."""
    message = _MESSAGES[reason].format(
        name=name, shown=shown, megabytes=limits.file_bytes // (1024 * 1024), pages=limits.pages
    )
    return InputError(problem.value, message, name)

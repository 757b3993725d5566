"""What can go wrong in the store; ``str()`` is the Chinese message for whoever operates it.

HezhengError
└── StoreError
    ├── StoreFullError         no room left: nothing of the upload was kept
    ├── BlobTooLargeError      an upload past its limit: nothing of it was kept
    ├── BlobMissingError       a blob that rows speak of is not in the folder, or is not what its name says
    ├── BlobsUnreachableError  the storage for uploads does not answer, or refuses us
    ├── LeaseLostError         another worker holds the job now: this result must be thrown away
    └── NameTakenError         an account of that name is there already
"""

from __future__ import annotations

from domain.errors import HezhengError


class StoreError(HezhengError):
    """The store cannot do what was asked."""


class StoreFullError(StoreError):
    def __init__(self) -> None:
        super().__init__("存储空间已满，本次上传没有保存；请清理磁盘后重新上传。")


class BlobTooLargeError(StoreError):
    def __init__(self, most: int) -> None:
        super().__init__(f"文件超过上限{most // (1024 * 1024)}MB，没有保存；请压缩或拆分后重新上传。")


class BlobMissingError(StoreError):
    def __init__(self, sha256: str) -> None:
        super().__init__(f"存储中找不到完好的文件（{sha256[:12]}…），请从备份恢复后重试。")
        self.sha256 = sha256


class BlobsUnreachableError(StoreError):
    def __init__(self) -> None:
        super().__init__("文件存储暂时无法访问，请稍后重试；若持续出现，请检查存储地址和访问密钥。")


class LeaseLostError(StoreError):
    def __init__(self, job: str) -> None:
        super().__init__(f"任务（{job}）已由其他进程接手，本次结果作废。")
        self.job = job


class NameTakenError(StoreError):
    def __init__(self, name: str) -> None:
        super().__init__(f"账号“{name}”已存在，请换一个名称。")

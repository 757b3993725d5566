"""What a clerk may say of a flag, and the reasons that come up again and again."""

from __future__ import annotations

from store.judgements import CONFIRM, DISMISS, DOUBT, WITHDRAW

DECISIONS = {CONFIRM: "采纳", DISMISS: "驳回", DOUBT: "存疑", WITHDRAW: "撤销决定"}
REASONS = {
    CONFIRM: (
        "情况属实，请申报人补正",
        "情况属实，不符合申报条件",
        "情况属实，提请评委会注意",
    ),
    DISMISS: (
        "已核对原件，内容无误",
        "系统识读有误，材料清楚无误",
        "已另附有效说明或佐证",
        "不属于本通知要求的情形",
        "已通过其他途径核实",
    ),
    DOUBT: (
        "需申报人补充说明",
        "需查看原件",
        "需请示后再定",
    ),
}

"""Glyphs that a recogniser, or a tired eye, takes for each other.

Folding finds slips; it never proves sameness. Groups come from the usual lists of near-identical
characters (形近字) and from the shapes of digits and letters.
Two members of one group differ by a stroke or by one small component.
"""

from functools import lru_cache

DIGIT_SHAPES: dict[str, str] = {
    "0": "OoQD〇○◯Ｏ",
    "1": "lI|i!丨",
    "2": "Zz",
    "5": "Ss",
    "8": "B",
}
"""What may stand for a digit in a place where only a digit can stand."""

_HAN_GROUPS = (
    "己已巳 未末 日曰 人入八 土士 干千于 天夫 大太犬 王玉主 田由甲申 午牛 木本术 贝见 名各 令今 "
    "戊戌戍成 侯候 辨辩辫瓣 拔拨 间问 历厉 厂广 冶治 析折拆 哀衷 栗粟 祟崇 毫亳 管菅 壁璧 卷券 "
    "幕墓慕暮 晴睛 栽裁载 暑署 洒酒 鸟乌 免兔 刀力 儿几九丸 万方 丁了 子孑 又叉 亨享 沧沦 波坡披 "
    "杨扬 杭抗 汪江 泽译 浩洁 清情晴请 伟讳 明朋 陈阵 吴昊 昌冒 宇字宁 玲铃 炜玮 彬杉 琳淋 珍诊 "
    "英莫 薇微 颖颍 雷雪 健建键 峰锋蜂烽 俊浚骏竣峻 设没 计汁 院阮 司同 局居 处外 州洲 兴光 绍招 "
    "市币 县具 暨既 新析 昌吕 城域 越赵 柯何 桥侨 虞虚 嵊嵘 浙淅 科料 材村林 研妍 规现 划刘 测侧 "
    "勘堪 监蓝 理埋 筑巩 工土 技枝 学字 术木 水永 电甩 力刀 环坏 境镜 保褒 护沪 生主 态志 资贡 "
    "源原 森林 业亚 铁钱 轨执 高髙 级及 师帅 职织 张弘 李季 刘刎 赵越 黄寅 周同 徐涂 孙孑 胡湖 "
    "朱未 高亮 何河 郭敦 马乌 罗岁 梁粱 宋宗 郑邓 谢榭 韩翰 唐康 冯冱 程稚 曹曾 袁衰 许汗 傅缚 "
    "沈沉 卢户 苏办 蒋将 蔡祭 贾买 丁于 魏巍 薛嶭 叶吐 阎闾 余佘 潘播 杜社 戴载 钟钏 汪注 田甲 "
    "任仕 姜美 范苑 石右 姚桃 廖寥 邹邻 熊态 金全 陆陈 郝赫 孔扎 白自 崔催 毛手 邱丘 秦泰 史吏 "
    "顾硕 邵部 孟盂 龙尤 万力 段叚 雷霜 钱线 汤场 尹伊 黎犁 易昜 常尝 武式 乔齐 贺货 赖懒 龚垄 "
    "文丈 涛祷 鑫金 超起 勇甬 军车 强弥 敏每 静净 丽两 芳苦 艳绝 娜那 秀季 霞震 燕蒸 红江 梅悔 "
    "莉利 兰三 洁活 云去 海悔 波泼 辉晖挥 鹏鸥 宏宠 国园 华毕 民氏 平乎 东车 林材 春舂 志忐 亮壳 "
    "永水 庆厌 立位 良艮 成诚城 障嶂 仲仰 "
)


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _HAN_GROUPS.split():
        for glyph in group:
            found.setdefault(glyph, set()).update(group)
    for digit, shapes in DIGIT_SHAPES.items():
        for glyph in digit + shapes:
            found.setdefault(glyph, set()).update(digit + shapes)
    return {glyph: frozenset(others) for glyph, others in found.items()}


def neighbours(glyph: str) -> frozenset[str]:
    """What is easily taken for a character, itself among it; nothing where no group holds it."""
    return _table().get(glyph, frozenset())


def look_alike(one: str, other: str) -> bool:
    """Whether two single characters are the same or easily taken for each other."""
    return one == other or other in neighbours(one)


def as_digits(text: str) -> str:
    """Digit shapes folded to digits: ``2O2l`` → ``2021``. Only for places where digits must stand."""
    return text.translate(_TO_DIGIT)


_TO_DIGIT = {ord(shape): digit for digit, shapes in DIGIT_SHAPES.items() for shape in shapes}

from domain.geometry import Box
from domain.page import TextRun
from domain.reading import Line
from ocr.text_layer import as_quad, reconcile


def line(text: str, top: float, confidence: float = 0.99) -> Line:
    return Line(
        text=text, raw=text, confidence=confidence, quad=as_quad(Box.clipped(0.1, top, 0.6, top + 0.03))
    )


def run(text: str, top: float, hidden: bool = False) -> TextRun:
    return TextRun(text=text, box=Box.clipped(0.1, top, 0.6, top + 0.03), hidden=hidden)


def test_an_agreeing_layer_gives_the_exact_text() -> None:
    told = reconcile([line("继续教育学时登记证眀", 0.1)], [run("继续教育学时登记证明", 0.1)])
    assert told.lines[0].text == "继续教育学时登记证明"
    assert told.lines[0].source == "text_layer"
    assert told.used
    assert not told.contradicts


def test_a_garbled_layer_changes_nothing() -> None:
    told = reconcile([line("继续教育学时登记证明", 0.1)], [run("\x01\x02\x03\x04\x05", 0.1)])
    assert told.lines[0].text == "继续教育学时登记证明"
    assert not told.used


def test_a_layer_with_another_number_is_not_believed_and_is_reported() -> None:
    told = reconcile([line("合计学时81", 0.1)], [run("合计学时96", 0.1, hidden=True)])
    assert told.lines[0].text == "合计学时81"
    assert told.contradicts


def test_a_hidden_layer_is_never_read_from_even_where_it_agrees() -> None:
    told = reconcile([line("合计学时81", 0.1)], [run("合计学时81", 0.1, hidden=True)])
    assert told.lines[0].source == "ocr"
    assert not told.contradicts


def test_a_scanners_poor_hidden_layer_is_no_lie() -> None:
    lines = [line(f"第{n}项继续教育学习情况登记", 0.1 * n) for n in range(1, 6)]
    runs = [run(f"第{n}顶继续数育学习惰况登记", 0.1 * n, hidden=True) for n in range(1, 6)]
    assert not reconcile(lines, runs).contradicts


def test_a_layer_about_something_else_is_a_lie() -> None:
    lines = [line(f"第{n}项继续教育学习情况登记", 0.1 * n) for n in range(1, 6)]
    runs = [run("春眠不觉晓处处闻啼鸟夜来风雨", 0.1 * n, hidden=True) for n in range(1, 6)]
    assert reconcile(lines, runs).contradicts

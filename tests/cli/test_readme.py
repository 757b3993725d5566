"""The READMEs name only commands that exist, and both name the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

import cli

ROOT = Path(cli.__file__).parent
READMES = ("README.md", "README.zh-CN.md")


def commands_of(name: str) -> list[list[str]]:
    """The words after ``.venv/bin/hezheng`` in every example."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line.split("#")[0].split()[1:] for line in re.findall(r"^\.venv/bin/hezheng .*$", text, re.M)]


@pytest.mark.parametrize("name", READMES)
def test_every_example_names_a_command_and_its_options(name: str) -> None:
    examples = commands_of(name)
    assert len(examples) >= 8
    for words in examples:
        command = get_command(cli.app)
        while (known := getattr(command, "commands", {}).get(words[0] if words else "")) is not None:
            command, words = known, words[1:]
        options = {option for parameter in command.params for option in parameter.opts}
        assert command.name != "hezheng", words
        assert {word for word in words if word.startswith("--")} <= options


def test_both_languages_show_the_same_examples() -> None:
    assert commands_of(READMES[0]) == commands_of(READMES[1])


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target

"""One small pack per code of what can be wrong with the notation, as in `examples`."""

from __future__ import annotations

from tests.kernel.language.support import pack, process, with_step

PROBLEMS = {
    "file-too-large": "▸" + "# x\n" * 70_000,
    "bad-character": pack(title="演▸\u200b示"),
    "escaped-character": pack(title='▸"演\\u0001示"'),
    "tab": pack(title="演▸\t示"),
    "too-deep": pack(title="[" * 49 + "▸" + "[" * 20),
    "second-document": pack() + "▸---\npack: other\n",
    "directive": "▸%YAML 1.2\n---\n" + pack(),
    "anchor": pack(title="▸&title 演示"),
    "alias": pack(title="▸*title"),
    "tag": pack(title="▸!!str 演示"),
    "key-not-text": pack(title="{zh: 演示, ▸[en]: x}"),
    "duplicate-key": pack() + "▸title: 又一个\n",
    "duplicate-first-key": pack() + "▸pack: 又一个\n",
    "odd-space": pack() + "▸\u3000rests-on: x\n",
    "space-after-colon": pack() + "rests-on▸:x\ntitle: y\n",
    "space-after-dash": process("- {end: done, zh: 完成}\n▸-step: a\n  zh: b\n"),
    "value-missing-in-braces": with_step("by: {role: clerk, ▸head}"),
    "yaml-colon": pack(title="演示▸: 一"),
    "yaml-colon-missing": pack() + "rests-on: x\nabc\n▸title: x\n",
    "yaml-dash": pack(title="▸- 演示"),
    "yaml-quote": pack(title="▸'演示"),
    "yaml-escape": pack(title='"演示\\▸q"'),
    "yaml-bracket": pack(title="▸{zh: 演示"),
    "yaml-character": pack(title="▸@演示"),
    "yaml-block-text": pack(title="|▸演示"),
    "yaml-indent": "- a\n▸b: c\n",
    "yaml-syntax": "▸" + pack(title='"\\UFFFFFFFF"'),
}

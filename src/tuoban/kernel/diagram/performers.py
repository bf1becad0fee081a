"""Who does a step, in a few words."""

from __future__ import annotations

from tuoban.kernel.definition import Definition, Performer
from tuoban.kernel.text import Text


def performer_words(definition: Definition, by: Performer, language: str) -> str:
    """The roles, or whoever is named or did another step; empty where nothing says so."""
    roles = definition.roles

    def say(zh: str, en: str) -> str:
        return Text(zh, en).read(language)

    if by.roles:
        return say("、", ", ").join(roles[role].label.read(language) for role in by.roles)
    if by.person is not None:
        text = by.person.text
        labels = [
            each.label.read(language)
            for each in roles.values()
            if each.person is not None and each.person.text == text
        ]
        return labels[0] if labels else say("指定的人", "whoever is named")
    if by.same_as is not None:
        former = definition.nodes[by.same_as].label.read(language)
        return say(f"同“{former}”", f"as for “{former}”")
    return ""

"""From the text of a pack to a definition, or to every problem of the file."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import escaped, header, kept
from tuoban.kernel.language.bases import Bases, PackText, Whole, read_whole
from tuoban.kernel.language.kept import Asked, Called
from tuoban.kernel.language.labels import Labels
from tuoban.kernel.language.names import Names
from tuoban.kernel.language.problems import Findings, PackError, PackProblem
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.sections import LATER_SECTIONS, SECTIONS, read_sections
from tuoban.kernel.language.tree import Mapping
from tuoban.kernel.language.workspace import NO_PACKS, Packs, Workspace

FILE = "pack.yaml"
"""By which name problems call a pack, unless another is given."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the compiler makes of a pack. `definition` is None exactly when there are problems.

    Attributes:
        warnings: what is allowed and probably not meant.
        untranslated: texts that stand in one language only; the other one shows the same text.
        bases: the packs that it extends, the nearest first, by their slug and version; as far as
            they could be read.
        tree: the pack with its bases merged into it, None where it could not be read.
        called: the packs that it calls, as it was held against them.
        translations: the texts of `tree` that have a translation beside the pack or its bases, with
            it.
    """

    definition: Definition | None
    problems: tuple[PackProblem, ...] = ()
    warnings: tuple[PackProblem, ...] = ()
    untranslated: tuple[PackProblem, ...] = ()
    bases: Bases = field(default_factory=dict)
    tree: Mapping | None = None
    called: Called | None = None
    translations: Lookup[str, str] = field(default_factory=dict)


_OF_THE_BASE = frozenset(("label-missing", "role-unused", "field-never-asked"))
"""Warnings that a variant does not repeat of its bases: they are not for it to mend."""


def compile_pack(
    text: str,
    *,
    file: str = FILE,
    translations: str | None = None,
    bases: Bases | None = None,
    catalogue: Catalogue = NOTHING,
    packs: Packs | None = NO_PACKS,
) -> Definition:
    """The definition that the text of a pack means.

    Args:
        file: the name by which problems call the text.
        translations: the text of the file beside the pack that maps its texts to the other
            language.
        bases: the packs that it may extend, by their slug and version.
        catalogue: the activities that steps may do, and what is known of a case.
        packs: the packs that it may call, by their slug; None: they are not known, so that what it
            calls is not checked. What it means does not depend on them.

    Raises:
        PackError: the pack cannot be compiled; carries all problems.
    """
    report = check_pack(
        text,
        file=file,
        translations=translations,
        bases=bases,
        catalogue=catalogue,
        packs=packs,
    )
    return _meant(report)


def compile_published(
    pack: PackText, *, bases: Bases | None = None, catalogue: Catalogue = NOTHING
) -> Definition:
    """The definition that the text of a published pack means.

    Raises:
        PackError: it means nothing; see `check_published`.
    """
    return _meant(check_published(pack, bases=bases, catalogue=catalogue))


def check_pack(
    text: str,
    *,
    file: str = FILE,
    translations: str | None = None,
    bases: Bases | None = None,
    catalogue: Catalogue = NOTHING,
    packs: Packs | None = NO_PACKS,
) -> Report:
    """The definition together with warnings, or all problems; never raises."""
    return _report_of(Asked(PackText(text, translations, file), catalogue), bases, packs)


def check_published(
    pack: PackText, *, bases: Bases | None = None, catalogue: Catalogue = NOTHING
) -> Report:
    """What the compiler makes of a pack that was judged when it was published.

    It is read and not judged again, so that cases run on when the rules have become stricter since;
    nor are the packs looked at that it calls.
    """
    called = pack if pack.file else replace(pack, file=FILE)
    return _report_of(Asked(called, catalogue, is_published=True), bases, None)


def _meant(report: Report) -> Definition:
    if report.definition is None:
        raise PackError(report.problems)
    return report.definition


def _report_of(asked: Asked, bases: Bases | None, packs: Packs | None) -> Report:
    bases = bases if bases is not None else {}
    report = kept.find(asked, bases, packs)
    if report is None:
        report = _check(asked, bases, packs)
        kept.keep(asked, report)
    return report


def _check(asked: Asked, bases: Bases, packs: Packs | None) -> Report:
    findings = Findings(asked.pack.file)
    whole = read_whole(asked.pack, bases, findings)
    if whole.tree is None:
        return Report(None, findings.problems, bases=whole.bases)
    properties = Properties(whole.tree, findings, SECTIONS, LATER_SECTIONS)
    if "changes" in properties:
        findings.add(properties.key("changes"), "key-missing", key="extends")
    language = header.read_language(properties, findings)
    labels = Labels(language, whole.translations, findings)
    definition = read_sections(
        properties,
        Workspace(findings, labels, Names(findings), asked.catalogue, packs=packs),
        language,
        whole.digest,
        is_published=asked.is_published,
    )
    if not asked.is_published:
        escaped.check(whole.tree, findings)
        for each in whole.translations.values():
            if each.source in whole.own_translations:
                escaped.check_text(each.text, each.place, whole.beside[0])
    report = _report(whole, definition, labels, findings)
    return replace(report, called=kept.called_by(report.definition, packs))


def _report(
    whole: Whole, definition: Definition | None, labels: Labels, findings: Findings
) -> Report:
    beside = whole.beside[0]
    for translation in labels.unused:
        if translation.source in whole.own_translations:
            beside.warn(translation.place, "translation-unused", text=translation.source)
    problems = (*findings.problems, *(each for found in whole.beside for each in found.problems))
    own_warnings = (
        each
        for each in findings.warnings
        if each.file == findings.file or each.code not in _OF_THE_BASE
    )
    untranslated = tuple(
        PackProblem(
            place.file or findings.file, place.line, place.column, "untranslated", {"text": text}
        )
        for text, place in labels.untranslated
    )
    return Report(
        None if problems else definition,
        problems,
        (*own_warnings, *beside.warnings),
        untranslated,
        whole.bases,
        whole.tree,
        translations=labels.used,
    )

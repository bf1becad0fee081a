"""The examples write a backslash once, as authors do: FEEL leaves unknown escapes alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import BudgetExceeded, evaluate
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.patterns import Program, compile_pattern
from tuoban.kernel.expressions.patterns.blocks import BLOCKS
from tuoban.kernel.expressions.patterns.characters import CATEGORIES, LAST, variants

MATCHES = examples(r"""
matches("foobar", "^fo*b") => true
matches("foobar", "bar") => true
matches("foobar", "^bar") => false
matches("foobar", "^foobar$") => true
matches("foobar", "^foobar") => true
matches("", "") => true
matches("abc", "") => true
matches("", "a*") => true
matches("a.c", "^a\.c$") => true
matches("abc", "^a\.c$") => false
matches("ab", "^(a|b)+$") => true
matches("abcabc", "^(abc){2}$") => true
matches("aaa", "^a{2}$") => false
matches("aaa", "^a{2,}$") => true
matches("aaa", "^a{1,3}$") => true
matches("aaaa", "^a{1,3}$") => false
matches("a", "^a{0}$") => false
matches("", "^a{0}$") => true
matches("", "^(a{0,2}){3}$") => true
matches("aaaaaa", "^(a{0,2}){3}$") => true
matches("aaaaaaa", "^(a{0,2}){3}$") => false
matches("aaa", "^(a*)*$") => true
matches("aab", "^(a*|b)*$") => true
matches("b", "^(|a)+$") => false
matches("aa", "^(|a)+$") => true
matches("ac", "^a(b|)c$") => true
matches("ac", "^a(?:b|)c$") => true
matches("a", "^^a$$") => true
matches("甲方：妥办", "^甲方：.{2}$") => true
matches("😀", "^.$") => true
matches("妥办2026", "^\p{Lo}+\d{4}$") => true
matches("妥办", "^\p{IsCJKUnifiedIdeographs}+$") => true
matches("妥办", "^\P{IsCJKUnifiedIdeographs}+$") => false
matches("ω", "\p{IsGreek}") => true
matches("ω", "\p{IsGreekandCoptic}") => true
matches("a", "\p{IsGreek}") => false
matches("Ab", "^\p{Lu}\p{Ll}$") => true
matches("Ab", "^\p{L}{2}$") => true
matches("Ab", "\P{L}") => false
matches("٣", "^\d$") => true
matches("3", "^\D$") => false
matches("a_b", "^\w+$") => false
matches("a_b", "^\c+$") => true
matches("a+b", "^\w+$") => true
matches("，", "^\W$") => true
matches("1a", "^\i") => false
matches("1a", "^\I\i$") => true
matches("a b", "^\S\s\S$") => true
matches("　", "^\s$") => false
matches("e", "[a-z-[aeiou]]") => false
matches("b", "[a-z-[aeiou]]") => true
matches("B", "[^a-z-[A-F]]") => false
matches("G", "[^a-z-[A-F]]") => true
matches("b", "[a-z-[a-y-[b]]]") => true
matches("-", "[-a]") => true
matches("-", "[a-]") => true
matches("-", "[^-a]") => false
matches("-", "[a\-z]") => true
matches("b", "[a\-z]") => false
matches("^", "[a^]") => true
matches("]", "[\]]") => true
matches("b", "[\D]") => true
matches("ab", "^[\p{L}\d]+$") => true
matches("a", "[^\p{L}]") => false
matches("$", "[$.]") => true
matches("a\nb", "a.b") => false
matches("a\nb", "a.b", "s") => true
matches("a\nb", "^b$") => false
matches("a\nb", "^b$", "m") => true
matches("a\n", "a$") => false
matches("a\n", "a\n^", "m") => false
matches("a\n\n", "a\n^", "m") => true
matches("\nabcd\ndefg\n", "^$", "m") => true
matches("a\n", "a$", "m") => true
matches("abc", "ABC", "i") => true
matches("abc", "ABC") => false
matches("K", "^[a-z]$", "i") => true
matches("ß", "^ẞ$", "i") => true
matches("ς", "^Σ$", "i") => true
matches("Q", "[^q]", "i") => false
matches("O", "[A-Z-[oi]]", "i") => false
matches("a", "\p{Lu}", "i") => false
matches("妥", "妥", "i") => true
matches("helloworld", "hello  world", "x") => true
matches("hello world", "hello[ ]world", "x") => true
matches("hello world", "hello\ sworld", "x") => true
matches("[ ]", "^ \[ [ ] \] $", "x") => true
matches("hello world", "\p{ IsBasicLatin}+", "x") => true
matches("a.c", "A.C", "qi") => true
matches("abc", "a.c", "q") => false
matches("[(", "[(", "q") => true
matches("abab", "^(ab)\1$") => true
matches("abac", "^(ab)\1$") => false
matches("abAB", "^(ab)\1$", "i") => true
matches("b", "^(a)?b\1$") => true
matches("aba0", "^(a)b\10$") => true
matches("aa", "^(a*)(a*)\1$") => true
matches("aaaaa", "^(aa+)\1+$") => false
matches("aaaaaa", "^(aa+)\1+$") => true
matches("abcabc", "([a-c])x\1|([a-c])b?c?\2") => true
matches("a", "a", null) => true
matches(input: "abc", pattern: "B", flags: "i") => true
matches(["abc"], "b") => true
matches(null, "a") => null
matches("a", null) => null
matches(1, "a") => null
""")

NO_PATTERNS = [
    *("(", ")", "a)", "(a", "[", "]", "a]", "[]", "[^]", "[a", "{", "}", "a{", "a{1", "a{,2}"),
    *("a{2,1}", "a{x}", "*", "+a", "?", "|*", "a**", "a*+", "a{2}{3}", "a???", "(*)", "(?a)"),
    *("(?=a)", "(?i)a", "(?<n>a)", "\\", "a\\", "\\b", "\\a", "\\0", "\\1", "(a\\1)", "\\1(a)"),
    *("(a)\\2", "[\\1]", "[\\0]", "[b-a]", "[a-\\d]", "[\\d-a]", "[a-b-c]", "[[a]", "[a[b]]"),
    *("[-[a]]", "[a-[b]c]", "[a--]", "\\p", "\\p{", "\\p{}", "\\p{X}", "\\p{Lx}", "\\p{Cs}"),
    *("\\p{IsNowhere}", "\\pL", "\\p{Is}", "\\u0041", "\\/"),
]

REPLACED = examples(r"""
replace("abracadabra", "bra", "*") => "a*cada*"
replace("abracadabra", "a.*a", "*") => "*"
replace("abracadabra", "a.*?a", "*") => "*c*bra"
replace("abracadabra", "a", "") => "brcdbr"
replace("abracadabra", "a(.)", "a$1$1") => "abbraccaddabbra"
replace("AAAA", "A+", "b") => "b"
replace("AAAA", "A+?", "b") => "bbbb"
replace("AAAA", "A{1,3}?", "b") => "bbbb"
replace("AAAAA", "A{2,3}?", "b") => "bbA"
replace("darted", "^(.*?)d(.*)$", "$1c$2") => "carted"
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
replace("ab", "(?:a)(b)", "$1$0") => "bab"
replace("ab", "b", "$1") => "a"
replace("abc", "b", "$12") => "a2c"
replace("abcdefghijk", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", "$10$11") => "ja1k"
replace("5", "\d", "\$$0") => "$5"
replace("a", "a", "\\\\") => "\\"
replace("a", "a", "$") => null
replace("a", "a", "$a") => null
replace("a", "a", "\n$") => null
replace("b", "a", "$") => null
replace("a", "a", "\a") => null
replace("a", "a", "$\\", "q") => "$\\"
replace("a.b", ".", "-", "q") => "a-b"
replace("abc", "b*", "-") => null
replace("abc", "^", "-") => null
replace("abc", "(b", "-") => null
replace("abc", "b", "-", "y") => null
replace("Abc", "[A-Z]", "#", "i") => "###"
replace("", "a", "b") => ""
replace("aXbxc", "x", "", "i") => "abc"
replace("13812345678", "(\d{3})\d{4}(\d{4})", "$1****$2") => "138****5678"
replace("甲方，乙方", "(.)方", "$1公司") => "甲公司，乙公司"
replace("😀😀", "😀", "好") => "好好"
replace("aab", "(a)(b)?", "<$2>") => "<><b>"
replace("aabb", "(.)\1", "$1") => "ab"
replace("a\nb", "$", "!", "m") => null
replace("a\nb", "(.)$", "$1!", "m") => "a!\nb!"
replace(input: "abc", pattern: "[a-z]", replacement: "#") => "###"
replace(null, "a", "b") => null
replace("a", null, "b") => null
replace("a", "a", null) => null
""")

SPLIT = examples(r"""
split("John Doe", "\s") => ["John", "Doe"]
split("a;b;c;;", ";") => ["a", "b", "c", "", ""]
split(";a", ";") => ["", "a"]
split("abc", ";") => ["abc"]
split("", ";") => [""]
split("甲、乙，丙", "[、，]") => ["甲", "乙", "丙"]
split("a  b   c", " +") => ["a", "b", "c"]
split("a.b", "\.") => ["a", "b"]
split("a.b", ".") => ["", "", "", ""]
split("abc", "") => null
split("abc", "b*") => null
split("abc", "(") => null
split(null, ";") => null
split("a", null) => null
""")


@pytest.mark.parametrize(("expression", "expected"), MATCHES + REPLACED + SPLIT)
def test_a_pattern_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


@pytest.mark.parametrize("pattern", NO_PATTERNS)
def test_what_is_no_pattern_gives_null(pattern: str) -> None:
    assert evaluate("matches(text, pattern)", {"text": "a", "pattern": pattern}) is None


@pytest.mark.parametrize("flags", ["X", "s m", "é", "g", "-"])
def test_what_are_no_flags_gives_null(flags: str) -> None:
    assert evaluate('matches("a", "a", flags)', {"flags": flags}) is None


# Cost

CATASTROPHIC = [
    ("(a+)+$", "a" * 5_000 + "b"),
    ("^(a*)*$", "a" * 2_000 + "b"),
    ("(a|aa)+$", "a" * 2_000 + "b"),
    ("^(a|a?)+$", "a" * 2_000 + "b"),
    ("(x+x+)+y", "x" * 500),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 500),
    (".*.*.*=.*", "x" * 300),
]


@pytest.mark.parametrize(("pattern", "text"), CATASTROPHIC)
def test_a_catastrophic_pattern_is_answered_within_the_usual_budget(
    pattern: str, text: str
) -> None:
    assert evaluate("matches(text, pattern)", {"text": text, "pattern": pattern}) is False


def test_replacing_passes_over_a_long_text_once() -> None:
    text = "a" * 2_000
    assert evaluate('replace(text, "a.*?z|a", "b")', {"text": text}) == "b" * 2_000


GREEDY = [
    (r"^(a*)*(a*)*\1\2b", "a" * 500),
    (r"(.*)(.*)(.*)\1\2\3x", "ab" * 500),
    ("a", "b" * 1_000_000),
    ("a{1001}", ""),
    ("a{0,99999999999}", ""),
    ("((a{100}){100}){100}", ""),
    ("((){1000}){1000}", ""),
    ("((?:){1000}){1000}", ""),
    ("(" * 21 + ")" * 21, ""),
    ("[a-" * 21 + "[a]" + "]" * 21, ""),
    ("()" * 51, ""),
    ("a" * 1_001, ""),
]


@pytest.mark.parametrize(("pattern", "text"), GREEDY)
def test_a_greedy_pattern_is_stopped(pattern: str, text: str) -> None:
    with pytest.raises(BudgetExceeded):
        evaluate("matches(text, pattern)", {"text": text, "pattern": pattern})


def test_what_replaces_is_paid_for() -> None:
    with pytest.raises(BudgetExceeded):
        evaluate('replace(a, ".", b)', {"a": "x" * 10_000, "b": "$0" * 1_000})


def test_the_same_pattern_costs_the_same_each_time() -> None:
    def spent() -> int:
        meter = Meter(1_000)
        assert compile_pattern(meter, "^[a-f]{3,7}一次$", "") is not None
        return meter.left

    assert spent() == spent()


# Against Python's own expressions, where both mean the same

CHARACTERS = "abc妥"
SIGNS = ["", "", "*", "+", "?", "{2}", "{1,2}", "{1,}"]


def _series(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    piece = st.tuples(inner, st.sampled_from(SIGNS), st.sampled_from(["", "?"])).map(
        lambda drawn: drawn[0] + drawn[1] + (drawn[2] if drawn[1] else "")
    )
    branch = st.lists(piece, min_size=1, max_size=3).map("".join)
    branches = st.lists(branch, min_size=1, max_size=2).map("|".join)
    return st.tuples(st.sampled_from(["(", "(?:"]), branches).map(
        lambda drawn: "".join(drawn) + ")"
    )


ATOMS = st.sampled_from([*CHARACTERS, ".", "[ab]", "[^ab]", "[a-c]", r"\d"])
PATTERNS = st.recursive(ATOMS, _series, max_leaves=8)
TEXTS = st.text(alphabet=CHARACTERS + "1", max_size=8)


def compiled(pattern: str) -> Program:
    program = compile_pattern(Meter(10_000), pattern, "")
    assert program is not None
    return program


@given(PATTERNS, TEXTS)
def test_patterns_match_where_those_of_python_do(pattern: str, text: str) -> None:
    found = compiled(pattern).find(Meter(100_000), text) is not None
    assert found == (re.search(pattern, text) is not None)


@given(PATTERNS, TEXTS)
def test_whole_texts_match_where_those_of_python_do(pattern: str, text: str) -> None:
    found = compiled(f"^(?:{pattern})$").find(Meter(100_000), text) is not None
    assert found == (re.fullmatch(pattern, text) is not None)


# Where a repeated part can match no characters, engines differ in how far they go.
SURE = PATTERNS.filter(lambda pattern: re.search(r"[*?](?!:)", pattern) is None)


@given(SURE, TEXTS)
def test_the_same_parts_are_found_as_python_finds(pattern: str, text: str) -> None:
    found = [match[:2] for match in compiled(pattern).occurrences(Meter(100_000), text)]
    assert found == [match.span() for match in re.finditer(pattern, text)]


ANY_PATTERN = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [
            *("a", "b", ".", "^", "$", "(", ")", "(?:", "[", "]", "[^", "-", "-[", "|", "\\", "*"),
            *("+", "?", "{2}", "{1,}", "{0,3}", "\\1", "\\2", "\\d", "\\s", "\\p{L}", "\\P{Lu}"),
            *("\\p{IsBasicLatin}", "\\i", "妥", "$1", "$0", "\\$", "é", " "),
        ]
    ),
    max_size=15,
).map("".join)
FLAGS = st.text(alphabet="smixq", max_size=3) | st.text(max_size=3)


@given(ANY_PATTERN, st.text(alphabet="ab妥A\n é\ud800", max_size=30), ANY_PATTERN, FLAGS)
def test_any_pattern_gives_a_value_or_exceeds_its_budget(
    pattern: str, text: str, replacement: str, flags: str
) -> None:
    context = {"p": pattern, "t": text, "r": replacement, "f": flags}
    try:
        found = evaluate("matches(t, p, f)", context)
        replaced = evaluate("replace(t, p, r, f)", context)
        parts = evaluate("split(t, p)", context)
    except BudgetExceeded:
        return
    assert found in (True, False, None)
    assert replaced is None or isinstance(replaced, str)
    assert parts is None or all(isinstance(part, str) for part in parts)


@given(ANY_PATTERN, st.text(alphabet="ab妥 ", max_size=20))
def test_what_is_split_and_replaced_fits_together(pattern: str, text: str) -> None:
    context = {"p": pattern, "t": text}
    try:
        whole = evaluate('string join(split(t, p), "#") = replace(t, p, "#")', context)
    except BudgetExceeded:
        return
    assert whole is True or evaluate("split(t, p) = null and replace(t, p, t) = null", context)


@given(st.text(alphabet="ab.*()[]\\$妥", max_size=10), st.text(alphabet="ab.*()[]\\$妥"))
def test_a_quoted_pattern_is_a_plain_text(part: str, text: str) -> None:
    context = {"part": part, "text": text}
    assert evaluate('matches(text, part, "q") = contains(text, part)', context)


# Tables


def test_every_category_of_unicode_is_known() -> None:
    assert len(CATEGORIES) == 30


def test_blocks_do_not_overlap_but_for_their_older_names() -> None:
    blocks = sorted(set(BLOCKS.values()))
    assert all(low <= high <= LAST for low, high in blocks)
    assert all(one[1] < next_[0] for one, next_ in pairwise(blocks))
    assert BLOCKS["Greek"] == BLOCKS["GreekandCoptic"]


def test_variants_are_mutual() -> None:
    for one in "aAkKſsSσςΣßẞıiIİ妥":
        assert all(one in variants(other) for other in variants(one))
    assert variants("k") == {"k", "K", "\N{KELVIN SIGN}"}


def test_no_character_beyond_the_known_ones_has_cases() -> None:
    assert all(chr(code).lower() == chr(code).upper() for code in range(0x20000, LAST + 1))

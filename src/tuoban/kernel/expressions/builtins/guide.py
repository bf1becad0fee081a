"""What each built-in function is for, in both languages, with examples.

The reference page is printed from this table, and every example is evaluated by the tests: an
example reads `expression => value`, both in FEEL.
"""

from typing import NamedTuple


class Guide(NamedTuple):
    """One function: its meaning, zh and en, and its examples."""

    zh: str
    en: str
    examples: tuple[str, ...]


GUIDE: dict[str, dict[str, Guide]] = {
    "Conversion": {
        "string": Guide(
            "写成文字",
            "the value as text",
            ('string(1.50) => "1.5"', 'string(@"2026-03-01") => "2026-03-01"'),
        ),
        "number": Guide(
            "文字变成数字，可说明分组符和小数点",
            "a text as a number; which signs group digits and mark decimals may be said",
            ('number("12.50") => 12.5', 'number("1.234,5", ".", ",") => 1234.5'),
        ),
        "not": Guide(
            "否定；既非是也非否则为空",
            "the opposite; null of anything but yes or no",
            ("not(true) => false", "not(null) => null"),
        ),
        "is defined": Guide("是否有值", "whether there is a value", ("is defined(null) => false",)),
        "coalesce": Guide(
            "第一个非空的值", "the first value that is not null", ("coalesce(null, 3, 4) => 3",)
        ),
    },
    "Text": {
        "string length": Guide("字数", "how many characters", ('string length("妥办") => 2',)),
        "substring": Guide(
            "从第几个字起取几个字，负数从末尾数",
            "characters from a position on; a negative one counts from the end",
            ('substring("服务流程", 3) => "流程"', 'substring("服务流程", -2, 1) => "流"'),
        ),
        "substring before": Guide(
            "某段文字之前的部分",
            "what stands before a match",
            ('substring before("A-17", "-") => "A"',),
        ),
        "substring after": Guide(
            "某段文字之后的部分",
            "what stands after a match",
            ('substring after("A-17", "-") => "17"',),
        ),
        "upper case": Guide("转大写", "in capitals", ('upper case("ab") => "AB"',)),
        "lower case": Guide("转小写", "in small letters", ('lower case("AB") => "ab"',)),
        "contains": Guide(
            "是否含有", "whether a text holds another", ('contains("刹车异响", "异响") => true',)
        ),
        "starts with": Guide(
            "是否以它开头", "whether a text begins so", ('starts with("浙A12345", "浙") => true',)
        ),
        "ends with": Guide(
            "是否以它结尾", "whether a text ends so", ('ends with("浙A12345", "5") => true',)
        ),
        "matches": Guide(
            "是否符合模式（XPath 正则表达式）；标志 s m i x q",
            "whether a pattern (a regular expression of XPath) fits; flags s m i x q",
            ('matches("13800138000", "^1\\d{10}$") => true', 'matches("OK", "ok", "i") => true'),
        ),
        "replace": Guide(
            "按模式替换，$1 是第一个括号里的内容",
            "what a pattern fits is replaced; $1 stands for the first group",
            ('replace("2026/03/01", "(\\d+)/(\\d+)/(\\d+)", "$1-$2-$3") => "2026-03-01"',),
        ),
        "split": Guide(
            "按模式拆成列表",
            "the parts between what a pattern fits",
            ('split("红;蓝;绿", ";") => ["红", "蓝", "绿"]',),
        ),
        "string join": Guide(
            "用分隔文字把各段文字连起来，空值略过；有一项不是文字则为空",
            "texts joined into one, nulls left out; null if an element is no text",
            ('string join(["红", null, "绿"], "、") => "红、绿"',),
        ),
    },
    "Numbers": {
        "decimal": Guide(
            "舍入到几位小数，五取偶",
            "rounded to so many decimals, half to even",
            ("decimal(1/3, 2) => 0.33", "decimal(2.5, 0) => 2"),
        ),
        "floor": Guide(
            "向下取整（到几位小数）",
            "rounded towards minus infinity",
            ("floor(-1.5) => -2", "floor(1.56, 1) => 1.5"),
        ),
        "ceiling": Guide(
            "向上取整（到几位小数）",
            "rounded towards plus infinity",
            ("ceiling(1.2) => 2", "ceiling(-1.56, 1) => -1.5"),
        ),
        "round up": Guide("远离零舍入", "rounded away from zero", ("round up(1.121, 2) => 1.13",)),
        "round down": Guide(
            "向零舍入", "rounded towards zero", ("round down(-1.126, 2) => -1.12",)
        ),
        "round half up": Guide(
            "四舍五入", "rounded, half away from zero", ("round half up(1.125, 2) => 1.13",)
        ),
        "round half down": Guide(
            "五舍六入", "rounded, half towards zero", ("round half down(1.125, 2) => 1.12",)
        ),
        "abs": Guide(
            "绝对值，也用于时长",
            "without its sign; durations, too",
            ("abs(-5) => 5", 'abs(@"-PT2H") => @"PT2H"'),
        ),
        "modulo": Guide(
            "余数，符号随除数",
            "the rest of a division, with the divisor's sign",
            ("modulo(-12, 5) => 3",),
        ),
        "sqrt": Guide("平方根", "the square root", ("sqrt(16) => 4", "sqrt(-1) => null")),
        "log": Guide("自然对数", "the natural logarithm", ("decimal(log(10), 4) => 2.3026",)),
        "exp": Guide("e 的幂", "e to that power", ("decimal(exp(1), 4) => 2.7183",)),
        "odd": Guide("是否奇数", "whether a number is odd", ("odd(3) => true",)),
        "even": Guide("是否偶数", "whether a number is even", ("even(3) => false",)),
    },
    "Lists": {
        "count": Guide("有几项", "how many elements", ("count([1, 2, 3]) => 3", "count([]) => 0")),
        "sum": Guide(
            "合计；没有项则为空",
            "the sum; null of no elements",
            ("sum([1.1, 2.2]) => 3.3", "sum([]) => null"),
        ),
        "min": Guide("最小的", "the smallest", ("min([3, 1, 2]) => 1",)),
        "max": Guide(
            "最大的", "the largest", ('max(@"2026-03-01", @"2026-05-01") => @"2026-05-01"',)
        ),
        "mean": Guide("平均值", "the average", ("mean([1, 2, 6]) => 3",)),
        "median": Guide("中位数", "the middle value", ("median([8, 2, 5, 7]) => 6",)),
        "mode": Guide(
            "出现最多的值，按大小排列",
            "the most frequent values, in order",
            ("mode([6, 1, 9, 6, 1]) => [1, 6]",),
        ),
        "stddev": Guide(
            "标准差（样本）", "the standard deviation of a sample", ("stddev([1, 2, 3]) => 1",)
        ),
        "product": Guide("连乘", "the product", ("product([2, 3, 4]) => 24",)),
        "all": Guide(
            "是否都为是",
            "whether all are true",
            ("all([true, null, false]) => false", "all([true, null]) => null"),
        ),
        "any": Guide(
            "是否有一个为是", "whether one is true", ("any([false, null, true]) => true",)
        ),
        "list contains": Guide(
            "列表里有没有它", "whether the list holds it", ("list contains([1, 2], 2) => true",)
        ),
        "index of": Guide(
            "它在第几项", "the places where it stands", ("index of([3, 5, 3], 3) => [1, 3]",)
        ),
        "sublist": Guide(
            "从第几项起取几项",
            "elements from a place on",
            ("sublist([1, 2, 3, 4], 2, 2) => [2, 3]",),
        ),
        "append": Guide(
            "在末尾加上", "with more elements at the end", ("append([1], 2, 3) => [1, 2, 3]",)
        ),
        "concatenate": Guide(
            "接成一个列表", "lists joined into one", ("concatenate([1], [2, 3]) => [1, 2, 3]",)
        ),
        "insert before": Guide(
            "在第几项之前插入",
            "with an element put before a place",
            ("insert before([1, 3], 2, 2) => [1, 2, 3]",),
        ),
        "remove": Guide(
            "去掉第几项", "without the element at a place", ("remove([1, 2, 3], 2) => [1, 3]",)
        ),
        "list replace": Guide(
            "换掉第几项，或换掉符合条件的各项",
            "with the element at a place, or all that a function picks, replaced",
            (
                "list replace([1, 2, 3], 2, 9) => [1, 9, 3]",
                "list replace([1, 7, 3], function(item, new) item > new, 5) => [1, 5, 3]",
            ),
        ),
        "reverse": Guide("倒过来", "in reverse order", ("reverse([1, 2, 3]) => [3, 2, 1]",)),
        "union": Guide(
            "合并去重", "joined, without doubles", ("union([1, 2], [2, 3]) => [1, 2, 3]",)
        ),
        "distinct values": Guide(
            "去重", "without doubles", ("distinct values([1, 2, 1]) => [1, 2]",)
        ),
        "flatten": Guide(
            "把嵌套的列表摊平", "nested lists as one", ("flatten([[1], [[2, 3]]]) => [1, 2, 3]",)
        ),
        "sort": Guide(
            "排序；函数说谁在前",
            "in order; a function may say what comes first",
            ("sort([3, 1, 2]) => [1, 2, 3]", "sort([3, 1, 2], function(a, b) a > b) => [3, 2, 1]"),
        ),
    },
    "Contexts": {
        "get value": Guide(
            "按名称取值", "the member of that name", ('get value({a: 1}, "a") => 1',)
        ),
        "get entries": Guide(
            "列出名称和值",
            "names and values as a list",
            ('get entries({a: 1}) => [{key: "a", value: 1}]',),
        ),
        "context": Guide(
            "由名称和值组成",
            "made of keys and values",
            ('context([{key: "a", value: 1}]) => {a: 1}',),
        ),
        "context put": Guide(
            "加上或换掉一个成员",
            "with a member added or changed",
            (
                'context put({a: 1}, "b", 2) => {a: 1, b: 2}',
                'context put({a: {b: 1}}, ["a", "b"], 2) => {a: {b: 2}}',
            ),
        ),
        "context merge": Guide(
            "合并，后面的优先",
            "merged, later ones win",
            ("context merge([{a: 1}, {a: 2, b: 3}]) => {a: 2, b: 3}",),
        ),
    },
    "Dates and times": {
        "date": Guide(
            "日期",
            "a date",
            (
                'date("2026-03-01") => @"2026-03-01"',
                'date(2026, 3, 1) => @"2026-03-01"',
                'date(@"2026-03-01T09:30:00") => @"2026-03-01"',
            ),
        ),
        "time": Guide(
            "时刻",
            "a time of day",
            ('time("09:30:00") => @"09:30:00"', 'time(9, 30, 0, @"PT8H") => @"09:30:00+08:00"'),
        ),
        "date and time": Guide(
            "日期时间",
            "a date and time",
            ('date and time(@"2026-03-01", @"09:30:00") => @"2026-03-01T09:30:00"',),
        ),
        "duration": Guide("时长", "a duration", ('duration("PT2H30M") => @"PT2H30M"',)),
        "working time": Guide(
            "工作时间的长度，照当时所用的日历数：工作分钟、工作小时、工作日；本产品独有，不能加减",
            "a length of working time, counted by the calendar in force: working minutes, working "
            "hours, workdays; Tuoban's own, and nothing is added to it or taken from it",
            ('working time("2 working hours") = working time("2 working hours") => true',),
        ),
        "years and months duration": Guide(
            "相隔几年几个月",
            "whole years and months between",
            ('years and months duration(@"2024-01-31", @"2026-03-01") => @"P2Y1M"',),
        ),
        "day of year": Guide(
            "一年中的第几天", "the day's number in its year", ('day of year(@"2026-02-01") => 32',)
        ),
        "day of week": Guide(
            "星期几（英文）", "the day of the week", ('day of week(@"2026-03-01") => "Sunday"',)
        ),
        "month of year": Guide(
            "几月（英文）", "the name of the month", ('month of year(@"2026-03-01") => "March"',)
        ),
        "week of year": Guide(
            "一年中的第几周（ISO 8601）",
            "the week's number, ISO 8601",
            ('week of year(@"2026-01-01") => 1',),
        ),
        "is": Guide(
            "同类且完全相同，时区也相同",
            "same kind and same value, the zone included",
            ('is(@"10:00:00Z", @"11:00:00+01:00") => false', "is(1, 1.0) => true"),
        ),
    },
    "Ranges": {
        "range": Guide("由文字得到范围", "a range from its text", ('range("[1..3]") => [1..3]',)),
        "before": Guide(
            "在它之前",
            "ends before the other begins",
            ("before([1..3], [4..6]) => true", "before(1, [1..3]) => false"),
        ),
        "after": Guide(
            "在它之后", "begins after the other ends", ("after([4..6], [1..3]) => true",)
        ),
        "meets": Guide(
            "紧接着它", "ends where the other begins", ("meets([1..3], [3..6]) => true",)
        ),
        "met by": Guide(
            "它紧接着本范围", "begins where the other ends", ("met by([3..6], [1..3]) => true",)
        ),
        "overlaps": Guide(
            "有重叠",
            "has something in common with the other",
            ("overlaps([1..4], [3..6]) => true",),
        ),
        "overlaps before": Guide(
            "先开始并重叠",
            "begins first and overlaps",
            ("overlaps before([1..4], [3..6]) => true",),
        ),
        "overlaps after": Guide(
            "后开始并重叠", "begins later and overlaps", ("overlaps after([3..6], [1..4]) => true",)
        ),
        "finishes": Guide(
            "同时结束且在其中",
            "lies in the other and ends with it",
            ("finishes([3..6], [1..6]) => true", "finishes(6, [1..6]) => true"),
        ),
        "finished by": Guide(
            "它同时结束且在本范围中",
            "holds the other and ends with it",
            ("finished by([1..6], [3..6]) => true",),
        ),
        "includes": Guide(
            "包含",
            "holds the other",
            ("includes([1..6], 3) => true", "includes([1..6], [2..7]) => false"),
        ),
        "during": Guide("在其中", "lies in the other", ("during(3, [1..6]) => true",)),
        "starts": Guide(
            "同时开始且在其中",
            "lies in the other and begins with it",
            ("starts([1..3], [1..6]) => true",),
        ),
        "started by": Guide(
            "它同时开始且在本范围中",
            "holds the other and begins with it",
            ("started by([1..6], [1..3]) => true",),
        ),
        "coincides": Guide(
            "完全重合",
            "is the same as the other",
            ("coincides([1..6], [1..6]) => true", "coincides(3, 3) => true"),
        ),
    },
}
"""By family, in the order of the reference page."""

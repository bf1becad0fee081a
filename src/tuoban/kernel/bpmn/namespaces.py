"""The namespaces of a BPMN file, and what this program calls what it writes."""

from __future__ import annotations

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OWN = "urn:tuoban:bpmn:1"
"""The language's own words, for what BPMN has no counterpart to."""

PREFIXES = {MODEL: "bpmn", DI: "bpmndi", DC: "dc", DD: "di", XSI: "xsi", OWN: "tuoban"}
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
"""The language that its expressions are in."""
XPATH = "http://www.w3.org/1999/XPath"
"""The language that conditions of a file are in where nobody has said one."""
FEELS = frozenset(
    (
        FEEL,
        "feel",
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
        "https://www.omg.org/spec/DMN/20240513/FEEL/",
    )
)
"""What others call it, in lower case where it is a word."""

MAIN = "process"
"""The id of the process that a case goes through; a called one is `process-NAME`."""
CALLED = "process-"
ROLE = "role-"
MESSAGE = "message-"

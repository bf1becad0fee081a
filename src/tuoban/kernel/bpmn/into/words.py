"""What people read of a node that its modeller gave no name: never its id in the file."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.bpmn.into.model import FlowNode

Words = tuple[str, str]
"""In Chinese and English."""

_KINDS: Mapping[str, Words] = {
    "receiveTask": ("等消息", "Wait for a message"),
    "sendTask": ("发消息", "Send a message"),
    "callActivity": ("调用流程", "Called process"),
    "subProcess": ("子流程", "Sub-process"),
    "adHocSubProcess": ("不分先后的工作", "Work in any order"),
    "startEvent": ("开始", "Begin"),
    "endEvent": ("结束", "End"),
}
_COMING: Mapping[str, Words] = {
    "message": ("收到消息", "A message came"),
    "signal": ("收到信号", "A signal came"),
    "timer": ("时间到了", "The time has come"),
    "conditional": ("条件成立", "The condition holds"),
}
"""Of events at borders, and those that begin event sub-processes."""
_WAITING: Mapping[str, Words] = {
    "message": ("等消息", "Wait for a message"),
    "signal": ("等信号", "Wait for a signal"),
    "timer": ("等时间", "Wait for a time"),
    "conditional": ("等条件", "Wait for a condition"),
}
_EVENT: Words = ("事件", "Event")
_TASK: Words = ("任务", "Task")
_WAY: Words = ("路线", "Way")
PROCESS: Words = ("流程", "Process")
MESSAGE: Words = ("消息", "Message")


def said(node: FlowNode, language: str) -> str:
    """How a node is called: as its modeller calls it, or else in words for what it is.

    Args:
        language: the pack's, "zh" or "en".
    """
    return node.name or worded(_words(node), language)


def worded(words: Words, language: str) -> str:
    return words[0 if language == "zh" else 1]


def _words(node: FlowNode) -> Words:
    if node.kind.endswith("Gateway"):
        return _WAY
    if node.kind == "intermediateCatchEvent":
        return _WAITING.get(node.event, _EVENT)
    if node.kind == "boundaryEvent" or (node.kind == "startEvent" and node.event):
        return _COMING.get(node.event, _EVENT)
    return _KINDS.get(node.kind, _EVENT if node.kind.endswith("Event") else _TASK)

"""邮件: the letters of an earlier run, each to its own family, each by one way only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xl_liushou.core.plan import Blocked, Plan
from xl_liushou.documents.channels import CHANNELS
from xl_liushou.documents.mails import TITLES
from xl_liushou.documents.people import guardian_key
from xl_liushou.routines.mail_items import HELD, Item, MailInputs, Sorter
from xl_liushou.routines.mail_settings import problems
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

GREEN, YELLOW, RED = "绿", "黄", "红"
_LIGHTS: Final = {GREEN: "●绿灯", YELLOW: "▲黄灯", RED: "■红灯"}
_CHECKED: Final = {
    "D807": ("内容", "信和现在的台账一致"),
    "D808": ("收信人", "收信人都是孩子现在登记的监护人"),
    "D809": ("附件", "文书都在，没有改动过"),
    "D802": ("别的孩子", "信里没有别的孩子的信息"),
    "D803": ("同意书", "要发出的信，同意书都已签"),
}


def plan(inputs: MailInputs) -> Plan:
    """The messages to send, and where all other letters stay; nobody is left out without a reason."""
    sorter = Sorter(inputs)
    items = [item for letter in inputs.letters for item in sorter.items(letter)]
    wanted = [item.mail for item in items if item.mail and item.state == "planned"]
    wrong = problems(inputs.school.settings, inputs.through_server) if any(item.mail for item in items) else []
    counts: Counter[str] = Counter(item.channel for item in items)
    return Plan(
        mails=wanted[: inputs.limit],
        blocked=[_blocked(item) for item in items if item.channel == HELD and item.code],
        report={
            "letters": inputs.letters_of,
            "document": inputs.purpose,
            "checks": list(_checks(items, wrong)),
            "messages": [_message(item) for item in items if item.mail or item.channel == HELD],
            "texts": [_phone_text(inputs.school, item) for item in items if item.text],
            "prints": _prints(inputs.school, items),
            "channels": {channel: counts[channel] for channel in (*CHANNELS, HELD)},
        },
    )


def _blocked(item: Item) -> Blocked:
    return Blocked(item.children[0][Children.child_id] if item.children else None, item.code, item.reason)


def _message(item: Item) -> dict[str, Any]:
    mail = item.mail
    return {
        "id": mail.id if mail else None,
        "to": mail.to if mail else None,
        "subject": mail.subject if mail else None,
        "attachments": [one.name for one in mail.attachments] if mail else [],
        "state": item.state,
        "reason": item.reason,
        "code": item.code or None,
        "children": [child[Children.child_id] for child in item.children],
        "recipient": guardian_key(item.reader) if item.reader else None,
        "reply_to": mail.reply_to if mail else None,
        "text": list(mail.text) if mail else [],
        "changed": item.changed,
        "warning": item.warning,
    }


def _phone_text(school: School, item: Item) -> dict[str, Any]:
    assert item.reader is not None
    return {
        **_about(school, item),
        "way": item.channel,
        "phone": item.reader[Guardians.mobile],
        "text": item.text,
    }


def _prints(school: School, items: Sequence[Item]) -> list[dict[str, Any]]:
    """What goes on paper, by class: one line a letter, also where it has two readers."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        if item.channel == "纸质" and item.file:
            line = {**_about(school, item), "path": item.file.path, "reason": item.reason, "code": item.code or None}
            known = found.setdefault(item.file.path, line)
            if known["reader"] != line["reader"]:
                known["reader"] += f"、{line['reader']}"
    return sorted(found.values(), key=lambda line: class_order(line["class"]))


def _about(school: School, item: Item) -> dict[str, Any]:
    reader = item.reader
    return {
        "class": school.class_name(item.children[0]),
        "name": "、".join(child[Children.name] for child in item.children),
        "children": [child[Children.child_id] for child in item.children],
        "reader": f"{reader[Guardians.relation]} {reader[Guardians.name]}".strip() if reader else "",
    }


def _checks(items: Sequence[Item], wrong: Sequence[str]) -> Iterator[dict[str, str]]:
    """The lights: red must be mended first, yellow keeps single letters back."""
    yield _light("设置", RED if wrong else GREEN, "；".join(wrong) or "发信的设置齐全")
    for code, (name, good) in _CHECKED.items():
        number = sum(item.code == code for item in items)
        bad = f"{number} 封只能打印，不发邮件（{code}）" if code == "D803" else f"{number} 封有问题，不发（{code}）"
        yield _light(name, YELLOW if number else GREEN, bad if number else good)
    changed = sum(item.changed for item in items)
    doubtful = sum(bool(item.warning) for item in items)
    told = [f"{changed} 个邮箱在信写好以后改过"] * bool(changed) + [f"{doubtful} 个邮箱像是写错了域名"] * bool(doubtful)
    yield _light("地址", YELLOW if told else GREEN, "；".join(told) or "每个要用的邮箱都是一个正确的地址")
    unknown = sum(item.state == "unknown" for item in items)
    bad = f"{unknown} 封上一次没有等到回答，不会自己再发；用 mail-status 查看"
    yield _light("上一次", YELLOW if unknown else GREEN, bad if unknown else "没有悬着的邮件")


def _light(name: str, light: str, message: str) -> dict[str, str]:
    return {"name": name, "light": light, "message": message}


def red(result: Mapping[str, Any]) -> str:
    """What keeps the whole run from being sent; "" for nothing."""
    return "；".join(check["message"] for check in result["checks"] if check["light"] == RED)


def headline(_inputs: object, result: Mapping[str, Any]) -> str:
    """The outcome in one line."""
    states = Counter(message["state"] for message in result["messages"])
    told = (("sent", "封已发出"), ("failed", "封没有发出"), ("unknown", "封不知道发出没有"))
    return "，".join(f"{states[state]} {words}" for state, words in told if states[state]) or "没有发出邮件"


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The lights, each message, and what goes other ways."""
    for check in result["checks"]:
        yield f"{_LIGHTS[check['light']]}  {check['name']}：{check['message']}"
    counted = "，".join(f"{channel} {number}" for channel, number in result["channels"].items() if number)
    yield f"{TITLES[result['document']]}共 {sum(result['channels'].values())} 封：{counted}"
    for message in result["messages"]:
        yield from _message_lines(message)
    shown: list[str] = next((message["text"] for message in result["messages"] if message["text"]), [])
    if shown:
        yield "邮件的正文（以第一封为例）："
        yield from (f"  {paragraph}" for paragraph in shown)
    for line in result["prints"]:
        if line["reason"]:
            yield f"打印  {'、'.join(line['children'])}：{line['reason']}"
    yield from _ending(result)


_STATES: Final = {
    "planned": "将发", "sent": "已发", "failed": "没有发出", "unknown": "不知道发出没有", "skipped": "不发",
}  # fmt: skip


def _message_lines(message: Mapping[str, Any]) -> Iterator[str]:
    who = "、".join(message["children"])
    what = f"{message['to']}  {message['subject']}  附件：{'、'.join(message['attachments'])}" if message["to"] else who
    marks = "；".join(filter(None, (message["reason"], message["warning"])))
    code = f"（{message['code']}）" if message["code"] else ""
    yield f"{_STATES[message['state']]}{code}  {what}{f'：{marks}' if marks else ''}"


def _ending(result: Mapping[str, Any]) -> Iterator[str]:
    if result.get("folder"):
        yield f"短信、微信的文字和打印签收表在文件夹：{result['folder']}"
    if result.get("tested"):
        yield f"试发了 {result['tested']} 封，都发到了 {result['tested_to']}，没有发给家长。"
    elif not result.get("sending"):
        yield "以上只是预览，什么也没有发出。核对以后加 --send 发出；先加 --test-to 自己的邮箱 看看样子更稳妥。"
    open_ones = [one for one in result["messages"] if one["state"] in ("planned", "failed")]
    if result.get("sending") and open_ones:
        yield f"还有 {len(open_ones)} 封没有发出。接着发：xl-liushou mail 工作簿 {result['letters']} --send --resume"

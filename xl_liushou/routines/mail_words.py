"""Why a message was not sent, in words for staff: the reasons are a stage and a code, as the ledger keeps them."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "password": "邮箱不认这个账号和密码。QQ、163 等邮箱要用“授权码”，不是登录密码；"
    "请在邮箱的网页设置里打开 SMTP 并取得授权码",
    "no-password": "没有邮箱密码（授权码）：请在命令行窗口里运行，按提示输入，或放进环境变量 XL_LIUSHOU_SMTP_PASSWORD",
    "login-unknown": "邮件服务器不让登录：请核对“SMTP加密”和“SMTP账号”",
    "certificate": "邮件服务器的安全证书不对，没有连接：请核对“SMTP服务器”的写法，或换一个网络再试",
    "tls": "和邮件服务器建不成加密连接：请核对“SMTP端口”和“SMTP加密”（SSL 常用 465，STARTTLS 常用 587）",
    "no-starttls": "邮件服务器不支持 STARTTLS：请把“SMTP加密”改成 SSL，端口改成 465",
    "not-encrypted": "“SMTP加密”是“无”，这只允许发到本机",
    "no-connection": "连不上邮件服务器：请检查网络，核对“SMTP服务器”和“SMTP端口”",
    "cut-login": "登录时连接断了",
    "cut-envelope": "连接断了，信还没有交给服务器",
    "cut-text": "信没有传完，连接断了，服务器没有收下",
    "unanswered": "信交给了服务器，但没有等到回答，不知道发出了没有",
    "silent": "服务器接连没有回答，没有再发",
    "changed": "文书在发之前刚刚改动过，没有发（D809）",
    "draft": "已写成草稿，发没发出由人登记",
    "taken": "另一个窗口已经在发这一封",
}  # fmt: skip
_STAGES: Final = {
    "greeting": "邮件服务器现在不接待",
    "login": "邮件服务器现在不让登录",
    "mail": "邮件服务器不接受发件邮箱",
    "rcpt": "邮件服务器不接受收件邮箱",
    "data": "邮件服务器不肯收信",
    "text": "邮件服务器没有收完信",
    "dot": "邮件服务器退回了这封信",
}  # fmt: skip


def told(reason: str) -> str:
    """The reason as a half-sentence; "" for none."""
    if not reason or reason in _WORDS:
        return _WORDS.get(reason, "")
    stage, _, code = reason.rpartition("-")
    if stage not in _STAGES:
        return _WORDS["unanswered"]
    later = "，过一会儿可以再试" if code.startswith("4") else ""
    return f"{_STAGES[stage]}（代码 {code}）{later}"

"""The template of 个人信息告知同意书: two pages, read at the kitchen table and signed there."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import (
    FANGSONG,
    HEITI,
    Look,
    Margins,
    define,
    paragraph,
    run,
    save,
)
from xl_liushou.build.paper_forms import (
    CHILDREN,
    GAP,
    HEAD,
    LABEL,
    NOTE,
    TEXT,
    TITLE,
    UNDER,
    VALUE,
    form_paper,
    sign_lines,
)
from xl_liushou.build.paper_tables import fill_row, heading_rows, height, table, whole_rows

_WIDTH: Final = 170.0
_BODY, _HEADING, _TO = "同意书正文", "同意书小标题", "同意书称呼"
_COLLECTED: Final = (
    (
        "孩子的基本情况",
        "姓名、性别、民族、出生日期、身份证号、学籍号、班级、住址、健康状况、家里的困难",
        "建立档案，核对身份，安排帮扶和救助",
    ),
    (
        "监护人和照护人",
        "姓名、和孩子的关系、电话、邮箱、务工地、职业、健康和照护能力",
        "知道孩子由谁照护，用电话、短信、微信、邮件或书信联系您",
    ),
    (
        "在学校的情况",
        "每学期学习、思想、心理、品德的评价，特长、困难和需要，学习帮扶和进步",
        "了解孩子，帮助孩子，向您通报",
    ),
    ("联系和走访", "谈心、通话、家访的时间和内容，您的意见", "及早发现困难，一起想办法"),
    ("活动和物资", "参加的活动、书信、照片，收到的慰问物资", "组织活动，发放物资"),
)
_CHOICES: Final = (
    "1．学校为了关爱和帮助孩子，收集、使用上面所说的信息",
    "2．其中的敏感信息（身份证号、住址、健康状况、家里的困难等），学校在确有需要时使用",
    "3．教育、民政等部门按规定收集名册时，学校把孩子的有关信息报给他们",
    "4．经过背景核查的志愿者由老师带队入户走访，知道孩子的姓名、班级、村组和照护人是孩子的什么人",
    "5．给孩子拍照，用在校内的材料里",
)


def consent_form() -> bytes:
    """个人信息告知同意书: what, why, who, how long, what rights; then a choice for each purpose, and signatures."""
    document = form_paper("个人信息告知同意书", Margins(15, 20, 16, 20), foot="")
    define(document, _TO, Look(HEITI, 12, align="left", pitch=20))
    define(document, _BODY, Look(FANGSONG, 12, indent=2, pitch=18))
    define(document, _HEADING, Look(HEITI, 12, align="left", pitch=20, before=5, keep_with_next=True))
    paragraph(document, "个人信息告知同意书", TITLE)
    paragraph(document, "{{ 学校.学校名称 }}", UNDER)
    paragraph(document, f"尊敬的{CHILDREN}的家长：", _TO)
    _add_reasons(document)
    _add_readers(document)
    _add_rights(document)
    _add_choices(document)
    _add_signatures(document)
    return save(document)


def _body(document: Document, *texts: str) -> None:
    for text in texts:
        paragraph(document, text, _BODY)


def _add_reasons(document: Document) -> None:
    _body(
        document,
        "您好！为了更好地关心和帮助孩子，学校需要登记孩子和家里的一些情况。个人信息保护法和未成年人保护法对孩子有特别的保护："
        "孩子不满十四周岁的，要由父母或其他监护人同意。请您慢慢读完，不明白的地方尽管问，再决定同意还是不同意。",
    )
    paragraph(document, "一、我们想知道什么，用来做什么", _HEADING)
    made = table(document, 1 + len(_COLLECTED), (30, 90, 50), padding=1)
    fill_row(made.rows[0], ("方面", "内容", "用来做什么"), (HEAD,) * 3)
    for row, texts in zip(made.rows[1:], _COLLECTED, strict=True):
        fill_row(row, texts, (LABEL, TEXT, TEXT))
    heading_rows(made)
    whole_rows(made)
    paragraph(document, "", GAP)
    _body(
        document,
        "身份证号、住址、健康状况、家里的困难，以及不满十四周岁孩子的信息，都是敏感的个人信息，"
        "泄露出去可能让孩子受到伤害或被人看不起。所以我们只在确有需要时使用，并且专人保管。",
    )


def _add_readers(document: Document) -> None:
    paragraph(document, "二、谁能看到", _HEADING)
    _body(
        document,
        "班主任和帮扶孩子的老师，看自己班里、自己帮扶的孩子；身份证号和家里的困难，只有学校指定的负责人能看。"
        "教育、民政等部门按规定收集名册时，学校把名册报给他们。志愿者只知道孩子的姓名、班级、村组和照护人是孩子的什么人，"
        "事先要经过背景核查、签保密承诺。结对的同学只知道姓名。",
        "我们不拿孩子的信息排名次、做宣传、做买卖，不公开，不交给不相干的人。",
    )
    paragraph(document, "三、保存多久", _HEADING)
    years = "{% if 学校.保留年限 %}{{ 学校.保留年限 }}{% else %}＿＿{% endif %}"
    _body(
        document,
        f"孩子不再需要帮扶或者离校后，资料再保存{years}年，到期就删除、销毁；法律另有规定的，按规定办。",
    )


def _add_rights(document: Document) -> None:
    paragraph(document, "四、您和孩子的权利", _HEADING)
    contact = (
        "{% if 班主任.姓名 %}班主任{{ 班主任.姓名 }}老师{% else %}班主任{% endif %}"
        "{% if 学校.德育负责人 %}、德育负责人{{ 学校.德育负责人 }}老师{% endif %}"
        "{% if 学校.联系电话 %}，电话{{ 学校.联系电话 }}{% endif %}"
    )
    _body(
        document,
        "您随时可以：看孩子的资料，要一份复印件；发现不对，请我们改正、补充；请我们说明为什么这样做；"
        "请我们停止使用或删除；改变主意，收回同意。收回同意以前已经做的事仍然有效，以后就不再做了。",
        f"要做这些，找{contact}。觉得学校处理得不对，还可以向教育、网信部门反映。",
    )
    paragraph(document, "五、不同意会怎样", _HEADING)
    _body(
        document,
        "不同意或收回同意，都不影响孩子上学、评优和依法享受资助救助。只是没有同意的事，我们就不做："
        "不安排志愿者入户，不用孩子的照片，给您的信只用纸写、不发邮件。学籍管理、发现孩子受到伤害时向有关部门报告，"
        "是法律要求学校做的，不需要另外同意，我们一样严格保密。",
    )


def _add_choices(document: Document) -> None:
    paragraph(document, "六、您的意见（每一项都可以自己选，请打勾）", _HEADING)
    made = table(document, len(_CHOICES), (126, 44), padding=1)
    for row, text in zip(made.rows, _CHOICES, strict=True):
        height(row, 11)
        fill_row(row, (text, "□ 同意　□ 不同意"), (TEXT, VALUE))
    whole_rows(made)
    paragraph(document, "", GAP)
    _body(document, f"关于{CHILDREN}的以上内容，我已读过（或请人读给我听过），知道自己和孩子的权利。")


def _add_signatures(document: Document) -> None:
    day = "日期：　　　　年　　月　　日"
    to_sign = (("监护人（签名）：", "和孩子的关系："), ("联系电话：", day), ("孩子（愿意的话，也签个名）：", ""))
    sign_lines(document, _WIDTH, *to_sign, least=14)
    note = paragraph(document, "", NOTE)
    run(note, "请父亲、母亲或其他监护人签名。", font=HEITI)
    run(
        note,
        "在外地的，可以签好后拍照发给班主任，以后补交原件；只是帮忙照看孩子的亲友，不能代替监护人同意。本书一式两份，家庭和学校各留一份。",
    )
    sign_lines(document, _WIDTH, ("{{ 学校.落款单位 }}（盖章）", "{{ 落款日期 }}"), least=14)
    record = "学校登记　同意书：□ 已签　□ 拒绝　　照片同意：□ 是　□ 否　　登记人：　　　　　　日期："
    paragraph(document, record, NOTE)

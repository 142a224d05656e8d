"""Invented names, numbers and places. Nobody in the demo exists."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from xl_liushou.schema.numbers import id_check_digit

REGION: Final = "990001"
"""A region code that does not exist: no ID number of the demo can be anybody's."""

_SURNAMES: Final = tuple("陈王李张刘杨黄吴周徐罗龙石田韦蒙覃潘赵孙胡朱高林何郭马梁宋郑谢唐许邓冯韩曹彭曾萧蔡卢")
_RARE_SURNAMES: Final = ("欧阳", "上官", "司徒")
_BOYS: Final = (
    "浩宇", "梓轩", "俊杰", "思远", "家乐", "子豪", "天佑", "明哲", "文博", "志鹏", "宇航", "嘉树", "小军", "永康",
    "泽林", "景行",
    "一鸣", "立诚", "星辰", "向阳", "云舟", "启航", "建业", "庆松", "青峰", "海涛", "玉书", "晨曦", "铭泽", "守正",
    "磊", "涛",
    "鑫", "凯", "彬", "毅",
)  # fmt: skip
_GIRLS: Final = (
    "欣怡", "雨桐", "思涵", "佳琪", "梦瑶", "诗雨", "紫萱", "可馨", "若曦", "春燕", "小梅", "雅静", "慧敏", "晓彤",
    "玉兰", "子涵",
    "语嫣", "秋月", "冬雪", "彩云", "桂香", "静姝", "婉清", "念慈", "书瑶", "乐萱", "巧玲", "美琳", "凤仪", "灵儿",
    "婷", "倩",
    "雪", "莉", "娜", "敏",
)  # fmt: skip
_MEN: Final = (
    "建国", "志强", "国栋", "永福", "成林", "德胜", "世荣", "光明", "家兴", "文斌", "小平", "大勇", "学军", "红兵",
    "正华", "贵生",
    "开云", "长河", "树根", "应龙", "廷富", "启明", "绍文", "朝阳", "顺林", "维新", "安邦", "炳南",
)  # fmt: skip
_WOMEN: Final = (
    "秀英", "桂芳", "春花", "玉珍", "小红", "丽华", "冬梅", "美玲", "翠兰", "金凤", "素云", "淑芬", "艳萍", "仕芬",
    "光秀", "正碧",
    "明霞", "国琴", "世芳", "永菊", "开珍", "学琼", "朝英", "维芝", "绍莲", "启秀", "顺香", "炳珍",
)  # fmt: skip

HAMLETS: Final = tuple(
    f"{village}{group}组" for village in ("云岭村", "青石村", "白水村", "松坪村") for group in ("一", "二", "三")
)
CITIES: Final = (
    "广东东莞", "广东深圳", "浙江宁波", "浙江义乌", "福建晋江", "江苏昆山", "上海嘉定", "贵州贵阳", "四川成都",
    "广东佛山",
    "浙江温州", "福建泉州",
)  # fmt: skip
JOBS: Final = (
    "电子厂工人", "服装厂缝纫工", "建筑工人", "快递员", "家具厂木工", "餐馆帮厨", "鞋厂工人", "货车司机", "家政服务员",
    "装修工人",
    "五金厂工人", "保洁员",
)  # fmt: skip
ETHNICITIES: Final = ("汉族",) * 9 + ("苗族",) * 4 + ("布依族",) * 3 + ("侗族", "彝族", "土家族")


class Namer:
    """Gives every person a name of their own, and every phone a number of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.used: set[str] = set()
        self._phones = iter(random.sample(range(10_000), 900))

    def surname(self) -> str:
        """A surname, now and then one of two characters."""
        return self.random.choice(_RARE_SURNAMES) if self.random.random() < 0.03 else self.random.choice(_SURNAMES)

    def child(self, gender: str, surname: str = "") -> str:
        """A child's full name."""
        return self._unused(_BOYS if gender == "男" else _GIRLS, surname)

    def adult(self, gender: str, surname: str = "") -> str:
        """A grown-up's full name."""
        return self._unused(_MEN if gender == "男" else _WOMEN, surname)

    def phone(self) -> str:
        """A mobile number of a range that nobody has (138 0000 ....)."""
        return f"1380000{next(self._phones):04d}"

    def _unused(self, given_names: tuple[str, ...], surname: str) -> str:
        while True:
            name = (surname or self.surname()) + self.random.choice(given_names)
            if not any(name in other or other in name for other in self.used):
                self.used.add(name)
                return name


def id_number(birth_date: date, gender: str, serial: int) -> str:
    """A resident ID of the region that does not exist, right in birth date, gender and check digit."""
    order = serial * 2 % 1000 + (gender == "男")
    first = f"{REGION}{birth_date:%Y%m%d}{order:03d}"
    return first + id_check_digit(first)


def short_name(name: str) -> str:
    """What a teacher calls a child: 浩宇 for 陈浩宇, 陈磊 for 陈磊, 阿依努尔 for 阿依努尔·艾力."""
    first = name.partition("·")[0]
    if first != name:
        return first
    given = name[2:] if name[:2] in _RARE_SURNAMES else name[1:]
    return given if len(given) > 1 else name

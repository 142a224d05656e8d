"""What a festival puts on the stationery: its full name, a verse, how the letter opens, what it may tell of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FestivalWords:
    """`greetings` are for grades 一 and 二, 三 and 四, 五 and 六; {you} is the reader, {carer} who is at home.

    `apart` is said to readers who are away, `together` to those at home. `to` is the only guardian written to.
    """

    title: str
    verse: str
    greetings: tuple[str, str, str]
    apart: str
    together: str
    topics: str
    lunar: str = ""
    to: str = ""
    elder: str = ""


CARED_FOR: Final = "有{carer}照顾我，请{you}放心。"
WORDS: Final[Mapping[str, FestivalWords]] = {
    "春节": FestivalWords(
        "春节", "爆竹声中一岁除，春风送暖入屠苏。",
        (
            "过年啦！祝{you}新年快乐，身体健康！",
            "春节到了，祝{you}新年快乐，平平安安！这一年，我又长高了，也懂事了。",
            "爆竹声里，又是新的一年。春节到了，祝{you}身体健康，万事顺心。",
        ),
        apart="我最盼望的，就是和{you}一起吃年夜饭。", together="能和{you}一起过年，我心里暖暖的。",
        topics="这一年的进步，家里的年夜饭，我的新年心愿", lunar="农历正月初一",
    ),
    "元宵": FestivalWords(
        "元宵节", "有灯无月不娱人，有月无灯不算春。",
        (
            "元宵节到了，汤圆圆圆的，祝{you}元宵节快乐！",
            "元宵节到了，到处挂起了灯笼，祝{you}元宵节快乐，圆圆满满！",
            "一年里第一个月圆的夜晚到了，祝{you}元宵节快乐，事事圆满。",
        ),
        apart="看到圆圆的月亮，我就想起了{you}。", together="晚上，我想和{you}一起看花灯、猜灯谜。",
        topics="我见过的花灯，我猜出的灯谜，新学期的打算", lunar="农历正月十五",
    ),
    "清明": FestivalWords(
        "清明节", "梨花风起正清明，游子寻春半出城。",
        (
            "清明节到了，小草绿了，花儿开了。",
            "清明节到了，山坡都绿了，我们一起怀念家里的先人。",
            "清明时节，草木萌发。我怀念先人，也更懂得珍惜身边的亲人。",
        ),
        apart="{you}在外面，也要照顾好自己。", together="我想和{you}一起到田野里看看春天。",
        topics="家里的老故事，春天的田野，我记在心里的人",
    ),
    "母亲节": FestivalWords(
        "母亲节", "慈母手中线，游子身上衣。",
        (
            "母亲节到了，祝{you}节日快乐！",
            "母亲节到了，祝{you}节日快乐！{you}为我们这个家辛苦了。",
            "母亲节到了，祝{you}节日快乐。{you}的辛苦，我一年比一年懂了。",
        ),
        apart="不在一起的日子里，我常常想起{you}的笑容。", together="谢谢{you}一直陪着我。",
        topics="妈妈为我做过的一件事，我学会的本领，我的心里话", to="母亲",
    ),
    "六一": FestivalWords(
        "六一儿童节", "儿童散学归来早，忙趁东风放纸鸢。",
        (
            "六一儿童节到了，这是我的节日，我真高兴！",
            "六一儿童节到了，学校里到处是歌声和笑声，我想把快乐分一半给{you}。",
            "六一儿童节到了。我一年年长大，谢谢{you}一直为我辛苦。",
        ),
        apart="我最想要的礼物，是听一听{you}的声音。", together="谢谢{you}每天陪着我。",
        topics="节日里的表演，我的好朋友，我的一个小心愿",
    ),
    "端午": FestivalWords(
        "端午节", "五月五日午，赠我一枝艾。",
        (
            "端午节到了，粽子香香的，祝{you}端午安康！",
            "端午节到了，家家门上插起了艾草，祝{you}端午安康！",
            "粽叶飘香，又到端午。祝{you}身体安康，事事顺心。",
        ),
        apart="要是能和{you}一起包粽子，那该多好。", together="我想和{you}一起包粽子。",
        topics="粽子的味道，家乡的龙舟和艾草，我新学的本领", lunar="农历五月初五",
    ),
    "父亲节": FestivalWords(
        "父亲节", "父兮生我，母兮鞠我。",
        (
            "父亲节到了，祝{you}节日快乐！",
            "父亲节到了，祝{you}节日快乐！{you}为我们这个家辛苦了。",
            "父亲节到了，祝{you}节日快乐。{you}的辛苦，我一年比一年懂了。",
        ),
        apart="不在一起的日子里，我常常想起{you}的话。", together="谢谢{you}一直陪着我。",
        topics="爸爸为我做过的一件事，我学会的本领，我的心里话", to="父亲",
    ),
    "中秋": FestivalWords(
        "中秋节", "但愿人长久，千里共婵娟。",
        (
            "中秋节到了，月亮圆圆的，祝{you}中秋快乐！",
            "中秋节到了，月饼摆上了桌，祝{you}中秋快乐，身体健康！",
            "又到中秋，月亮圆了。祝{you}中秋安康，一切都好。",
        ),
        apart="我们看着同一个月亮，心就在一起。", together="我想和{you}一起赏月、吃月饼。",
        topics="家乡的月亮，月饼的味道，我的悄悄话", lunar="农历八月十五",
    ),
    "国庆": FestivalWords(
        "国庆节", "锦绣河山千万里，家家户户庆团圆。",
        (
            "国庆节到了，红旗飘飘，祝{you}节日快乐！",
            "国庆节到了，五星红旗高高升起，祝{you}节日快乐！",
            "国庆节到了，愿祖国繁荣，也愿{you}平安健康，我为{you}骄傲。",
        ),
        apart="{you}在外面辛苦了，记得好好歇一歇。", together="放假了，我想多帮{you}做些家务。",
        topics="家乡的变化，假期里的打算，我长大后的理想",
    ),
    "重阳": FestivalWords(
        "重阳节", "独在异乡为异客，每逢佳节倍思亲。",
        (
            "重阳节到了，这是爷爷奶奶们的节日。",
            "重阳节到了，我要做一个敬老爱老的好孩子。",
            "重阳节到了，每逢过节，我就更加想念亲人。",
        ),
        apart="{you}在外面，要多保重身体。", together="愿{you}身体健康，天天开心。",
        topics="家里老人的故事，我为他们做的一件事，家里的近况", lunar="农历九月初九",
        elder="我会替{you}多陪陪{carer}。",
    ),
}  # fmt: skip
PHRASES: Final = (
    CARED_FOR,
    *(
        text
        for words in WORDS.values()
        for text in (words.title, words.verse, *words.greetings, words.apart, words.together, words.topics, words.elder)
        if text
    ),
)
"""All that festivals say, with braces where a value goes."""

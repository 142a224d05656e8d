"""The tags of the papers: read off real contexts, each with a meaning, an example and its privacy."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from xl_liushou.adapters.template_lint import lint_template
from xl_liushou.app.sample import Sample, sample_of
from xl_liushou.app.templates import built_in
from xl_liushou.core.template import Tags
from xl_liushou.documents.audience import hidden_titles
from xl_liushou.documents.catalogue import TEMPLATES
from xl_liushou.documents.tag_words import MEANINGS
from xl_liushou.documents.tags import Explained, explained, tags_of


@pytest.fixture(scope="module")
def samples() -> Mapping[str, Sample]:
    return sample_of([*TEMPLATES])


def of(samples: Mapping[str, Sample], name: str) -> dict[str, Explained]:
    return {one.tag: one for one in explained(samples[name].tags, TEMPLATES[name].audience)}


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_wrong_in_a_template_of_the_program(samples: Mapping[str, Sample], name: str) -> None:
    sample = samples[name]
    assert lint_template(built_in(name), name, sample.contract, sample.contexts[:3]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_paper_offers_what_its_readers_may_not_see(samples: Mapping[str, Sample], name: str) -> None:
    listed = [*explained(samples[name].tags, TEMPLATES[name].audience)]
    assert listed
    assert all(one.meaning and one.privacy in "公家内密" for one in listed)
    if TEMPLATES[name].audience in ("家长", "志愿者"):
        assert not [one.tag for one in listed if one.privacy == "密" or one.for_leaders]
        assert "身份证号" in hidden_titles(TEMPLATES[name].audience)


def test_a_column_is_explained_by_the_schema(samples: Mapping[str, Sample]) -> None:
    tags = of(samples, "parent-letter")
    assert tags["收信人.手机"].meaning == "“监护人”表的手机：11 位手机号"
    assert tags["收信人.手机"].privacy == "家"
    assert tags["姓名"].privacy == "公"
    assert tags["学习评语"].meaning.startswith("“档案”表")
    assert tags["孩子.姓名"].within == "{% for 孩子 in 孩子们 %}"
    assert tags["学校.联系电话"].meaning.startswith("“设置”表")


def test_what_only_leaders_see_is_marked(samples: Mapping[str, Sample]) -> None:
    marked = {one.tag for one in explained(samples["pairing-table"].tags, "学校") if one.for_leaders}
    named = {one.tag: one.privacy for one in explained(samples["archive-card"].tags, "学校") if one.for_leaders}
    assert named["项.强制报告"] == "密"
    assert marked == set()


def test_every_list_of_the_sample_has_something_in_it(samples: Mapping[str, Sample]) -> None:
    tags = [(name, path, one) for name, sample in samples.items() for path, one in sample.tags.paths()]
    assert [(name, path) for name, path, one in tags if one.is_list and one.item is None] == []


def test_every_word_for_a_tag_belongs_to_one(samples: Mapping[str, Sample]) -> None:
    used = {path.rpartition(".")[2] for sample in samples.values() for path, _ in sample.tags.paths()}
    assert set(MEANINGS) <= used


def test_tags_are_all_that_any_context_has() -> None:
    tags = tags_of(
        [{"甲": "", "组": []}, {"甲": "有", "组": [{"乙": 1}], "人": {"丙": None}}], [{"甲": "有", "密": "x"}]
    )
    assert tags.fields["甲"].example == "有"
    assert tags.fields["组"].item == Tags(fields={"乙": Tags(example=1)})
    assert [path for path, _ in tags.paths()] == ["甲", "组", "组[].乙", "人", "人.丙", "密"]
    assert [name for name, one in tags.fields.items() if one.for_leaders] == ["密"]

"""The policy library in chat, as finance chooses from it (2.1, 3.2)."""

import pytest

from tests.scenarios.story import CHAIN
from tests.support.town import Town

MODELS = (
    "特征分析模型",
    "净资产比例模型",
    "销售额乘信用期模型",
    "营运资产分析模型",
    "营运资本比例模型",
)


async def test_the_page_of_a_policy_says_what_each_grade_brings(company: Town) -> None:
    """2.1; B9 arts. 11, 18, 25-27: limit, term and guarantee, who approves, how long it holds."""
    controller = company.people[CHAIN["credit_controller"]]
    [library] = await controller.says("制度")
    [page] = await controller.taps("企业客户信用等级管理制度（ABC）", library)

    assert "要有抵押" in page
    assert "月均回款、月均发货、上年平均赊销额；30 天" in page
    assert "总经理〔18, 25, 26, 29〕 → 董事长〔28, 29〕" in page
    assert "评级有效 12 个月〔11〕" in page


@pytest.mark.parametrize("model", MODELS)
async def test_a_limit_model_is_looked_at_and_cannot_be_put_in_force_by_itself(
    company: Town, model: str
) -> None:
    controller = company.people[CHAIN["credit_controller"]]
    [library] = await controller.says("制度")
    [models] = await controller.taps("额度模型", library)
    [page] = await controller.taps(model, models)

    assert "额度不超过" in page
    assert "项资料" in page
    assert set(page.buttons) == {"返回", "菜单"}


async def test_salespeople_have_no_library(company: Town) -> None:
    salesperson = company.people["王小雨"]

    [said] = await salesperson.says("制度")

    assert "额度模型" not in said

"""Bans: what they rest on, how long they last, whom they find, who keeps them; all through services and pages."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from applications import services
from applications.ban_grounds import Ground, grounds, span
from applications.errors import Refused, Stale
from applications.models import Application, Ban, BanTerm
from applications.services.bans import Named
from applications.status import Status
from portal import access, clock, identity
from portal.models import AuditEntry, IdentityDocument, Message, Organization, User
from tests.applications import walk
from tests.applications.pages import address, words
from tests.costs import cost

ZHOU = "120104199001016063"
CHOICE = {"level": "associate_senior", "direction": "cells", "employer": "津能示范电池有限公司"}


def ground(region: str, part: str) -> Ground:
    return next(one for one in grounds(region) if part in one.label)


def bar(world, **changes) -> Ban:
    return services.enter_ban(
        **{
            "person": Named(name="周旁人", kind="resident_id", number=ZHOU),
            "organization": world.units["office"],
            "ground": ground("tianjin", "取消当年"),
            "term": BanTerm.THIS_YEAR,
            "year": 2025,
            "reason": "继续教育学时系伪造。",
            "by": world.people["sun"],
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("region", "part", "term", "year", "days"),
    [
        ("zhejiang", "3年内", "years", 2020, (date(2021, 1, 1), date(2023, 12, 31))),
        ("jiangxi", "黑名单", "until_lifted", 2025, (date(2025, 3, 3), None)),
        ("tianjin", "取消当年", "this_year", 2025, (date(2025, 3, 3), date(2025, 12, 31))),
    ],
)
def test_each_notice_has_its_own_term(region, part, term, year, days):
    stated = ground(region, part)

    assert span(term, year=year, years=stated.years, today=date(2025, 3, 3)) == days


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_three_calendar_years_from_the_year_after(world, day, stands):
    first, last = span("years", year=2020, years=3, today=date(2020, 11, 5))
    ban = bar(world)
    Ban.objects.filter(pk=ban.pk).update(starts_on=first, ends_on=last)
    ban.refresh_from_db()

    assert ban.stands_on(day) is stands
    assert Ban.objects.against(world.people["zhou"]).standing(day).exists() is stands


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reason": " "}, "请写明查实的事实和理由"),
        ({"term": BanTerm.YEARS}, "没有规定年限"),
        ({"ground": Ground("x", "弄虚作假", "浙蓄电协〔2020〕15号 正文六", 3)}, "规定了年限"),
        ({"year": 2024}, "取消当年资格的填本年度"),
        ({"year": 2026, "term": BanTerm.UNTIL_LIFTED}, "评审年度 2026 不对"),
    ],
)
def test_what_the_clause_does_not_bear_is_refused(world, changes, told):
    with pytest.raises(Refused, match=told):
        bar(world, **changes)
    assert not Ban.objects.exists()


def test_a_ban_is_entered_once_on_the_record_and_told(world):
    ban = bar(world)

    assert (ban.user, ban.name, ban.identity_masked) == (world.people["zhou"], "周旁人", "120104********6063")
    entry = AuditEntry.objects.get(act="ban.enter")
    assert ZHOU not in f"{entry.change}{entry.reason}"
    told = Message.objects.get(template="applications.banned")
    assert (told.recipient, "2023年度通知三(九)" in told.body) == (world.people["zhou"], True)
    with pytest.raises(Refused, match="不必重复登记"):
        bar(world)


def test_a_number_of_somebody_else_bars_nobody(world):
    """A slip of the pen that is a number all the same: whom it belongs to is neither barred nor named."""
    with pytest.raises(Refused, match="登记的姓名与所填姓名不一致") as refused:
        bar(world, person=Named(name="王某某", kind="resident_id", number=ZHOU))
    assert "周旁人" not in str(refused.value)
    assert not Ban.objects.exists()
    assert bar(world, person=Named(name=" 周 旁人", kind="resident_id", number=ZHOU)).name == "周旁人"


def test_a_ban_that_would_be_over_already_bars_nobody_and_is_told(world):
    three = Ground("x", "弄虚作假", "浙蓄电协〔2020〕15号 正文六", 3)
    with pytest.raises(Refused, match="2021年12月31日 已经期满"):
        bar(world, ground=three, term=BanTerm.YEARS, year=2018)
    assert bar(world, ground=three, term=BanTerm.YEARS, year=2022).ends_on == date(2025, 12, 31)


def test_nobody_bars_or_frees_themselves(world):
    own = Named(name="孙受理", kind="resident_id", number="120104198303184041")
    with pytest.raises(Refused, match="与本人有关"):
        bar(world, person=own)
    ban = bar(world, person=own, organization=world.units["title_office"], by=world.people["feng"])
    with pytest.raises(access.Forbidden, match="只有登记单位"):
        services.lift_ban(ban=ban, reason="查无实据。", by=world.people["sun"])


def test_whoever_signs_up_later_is_found_by_their_document(world, round_):
    bar(world, person=Named(name="何冒名", kind="hk_macao_permit", number="H12345678"))
    user = User.objects.create(username="he", name="何冒名")
    identity.set_document(user, kind="hk_macao_permit", number="h1234 5678", by=user)

    assert [ban.name for ban in Ban.objects.against(user)] == ["何冒名"]
    with pytest.raises(Refused, match="继续教育学时系伪造"):
        begin(world, user, round_)


def test_nobody_walks_away_from_a_ban_with_another_document(world):
    bar(world)
    zhou = world.people["zhou"]

    with pytest.raises(identity.IdentityHeldError, match="不得申报"):
        identity.set_document(zhou, kind="hk_macao_permit", number="H12345678", by=zhou)
    assert IdentityDocument.objects.get(user=zhou).kind == "resident_id"


def begin(world, user: User, round_) -> Application:
    return services.open_draft(
        applicant=user,
        round=round_,
        level="associate_senior",
        employer=world.units["employer"],
        direction="cells",
    )


def test_the_barred_read_why_before_they_fill_anything_in(world, round_, enter):
    bar(world)
    page = enter("zhou").get(address("application_start", round_.public_id))

    assert page.status_code == 200
    assert "您自 2025年3月3日 起在本地区不得申报，至 2025年12月31日" in words(page)
    assert "依据：2023年度通知三(九)" in words(page)
    assert 'name="level"' not in page.content.decode()
    pressed = enter("zhou").post(address("application_start", round_.public_id), CHOICE)
    assert (pressed.status_code, Application.objects.exists()) == (409, False)


def test_a_ban_entered_meanwhile_bars_the_draft_and_the_acceptance(world, draft):
    person = Named(name="林申报", user=draft.applicant)
    ban = bar(world, person=person)
    with pytest.raises(Refused, match="您自 2025年3月3日 起在本地区不得申报"):
        walk.submit(draft)
    services.lift_ban(ban=ban, reason="复核后撤销。", by=world.people["feng"])
    assert walk.submit(draft).status == Status.IN_APPROVAL


def test_a_ban_of_another_region_does_not_bar_here(world, round_):
    ban = bar(world)
    Ban.objects.filter(pk=ban.pk).update(region=world.units["other_region"])

    assert begin(world, world.people["zhou"], round_).status == Status.DRAFT


def test_a_ban_ends_with_its_last_day(world, round_):
    bar(world)
    round_.__class__.objects.filter(pk=round_.pk).update(
        applicant_closes_on=date(2026, 1, 31), employer_closes_on=date(2026, 2, 1),
        supervisor_closes_on=date(2026, 2, 2), office_closes_on=date(2026, 2, 3),
    )  # fmt: skip
    round_.refresh_from_db()
    clock.move_to(datetime(2025, 12, 31, 23, 59, tzinfo=clock.ZONE))
    with pytest.raises(Refused, match="不得申报"):
        begin(world, world.people["zhou"], round_)
    clock.move_to(datetime(2026, 1, 1, tzinfo=clock.ZONE))
    assert begin(world, world.people["zhou"], round_).status == Status.DRAFT


def test_the_office_enters_lists_and_lifts_through_pages(world, enter):
    sun = enter("sun")
    form = sun.get(address("ban_add")).context["form"]
    (key,) = [key for key, label in form.fields["ground"].choices if "取消当年" in label]
    given = {
        "name": "周旁人", "kind": "resident_id", "number": ZHOU, "organization": world.units["office"].public_id,
        "ground": key, "term": "this_year", "year": "2025", "reason": "学时系伪造。", "confirmed": "on",
    }  # fmt: skip

    assert sun.post(address("ban_add"), {**given, "number": "123"}).status_code == 422
    assert sun.post(address("ban_add"), {**given, "confirmed": ""}).status_code == 422
    assert not Ban.objects.exists()
    assert sun.post(address("ban_add"), given).status_code == 302
    listed = sun.get(address("ban_list"))
    assert all(said in words(listed) for said in ("周旁人", "120104********6063", "学时系伪造", "解除"))
    assert ZHOU not in listed.content.decode()
    assert sun.post(address("ban_add"), given).status_code == 409

    ban = Ban.objects.get()
    assert enter("zheng").get(address("ban_lift", ban.public_id)).status_code == 403
    assert enter("lin").get(address("ban_list")).status_code == 403
    lift = address("ban_lift", ban.public_id)
    assert sun.post(lift, {"reason": ""}).status_code == 422
    assert sun.post(lift, {"reason": "复核后撤销。"}).status_code == 302
    assert sun.post(lift, {"reason": "再次。"}).status_code == 409
    assert "复核后撤销" not in words(sun.get(address("ban_list")))
    assert "已解除" in words(sun.get(address("ban_list") + "?scope=all"))


def test_lifting_twice_is_once(world):
    ban = bar(world)
    services.lift_ban(ban=ban, reason="复核后撤销。", by=world.people["sun"])
    with pytest.raises(Stale):
        services.lift_ban(ban=ban, reason="再次。", by=world.people["sun"])


def test_the_applicant_of_an_application_is_barred_without_their_number(world, draft, enter):
    walk.submit(draft)
    feng = enter("feng")
    where = f"{address('ban_add')}?application={draft.public_id}"
    form = feng.get(where).context["form"]
    assert "number" not in form.fields
    (key,) = [key for key, label in form.fields["ground"].choices if "取消当年" in label]
    given = {
        "organization": world.units["title_office"].public_id, "ground": key, "term": "this_year", "year": "2025",
        "reason": "学时系伪造。", "confirmed": "on",
    }  # fmt: skip

    assert feng.post(where, given).status_code == 302
    assert Ban.objects.get().user == draft.applicant
    assert enter("sun").get(f"{address('ban_add')}?application={world.people['lin'].public_id}").status_code == 404
    assert enter("sun").get(f"{address('ban_add')}?application=x").status_code == 404


def proved_fraud(world, draft, enter, *, region: str, stated: Ground, term: str, wrong: str) -> str:
    """The title office cancels the application and bars its applicant, through pages; what the list then says."""
    walk.submit(draft)
    Organization.objects.filter(root=world.units["region"]).update(region=region)
    feng = enter("feng")
    cancel = {"clause": stated.citation, "reason": "论文系代写，已核实。", "confirmed": "on"}
    assert feng.post(address("application_cancel", draft.public_id), cancel).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.CANCELLED

    given = {
        "organization": world.units["title_office"].public_id, "ground": stated.key, "year": "2025",
        "reason": "论文系代写，已核实。", "confirmed": "on",
    }  # fmt: skip
    where = f"{address('ban_add')}?application={draft.public_id}"
    detail = address("application_detail", draft.public_id)
    led = [where in enter(name).get(detail).content.decode() for name in ("feng", "wang", "lin")]
    assert led == [True, False, False]
    assert feng.post(where, {**given, "term": wrong}).status_code == 409
    assert feng.post(where, {**given, "term": term}).status_code == 302
    page = words(feng.get(address("ban_list")))
    assert draft.applicant.name in page
    assert stated.citation in page
    return page


@pytest.mark.duty("JX81-047")
def test_fraud_in_jiangxi_ends_the_application_and_goes_on_the_blacklist(world, draft, enter):
    stated = ground("jiangxi", "黑名单")
    page = proved_fraud(world, draft, enter, region="jiangxi", stated=stated, term="until_lifted", wrong="years")
    assert "2025年3月3日—移出为止" in page


@pytest.mark.duty("ZJ15-023")
def test_fraud_in_zhejiang_bars_for_three_calendar_years(world, draft, enter):
    stated = ground("zhejiang", "3年内")
    page = proved_fraud(world, draft, enter, region="zhejiang", stated=stated, term="years", wrong="until_lifted")
    assert "2026年1月1日—2028年12月31日" in page


def test_the_menu_leads_there(world, enter):
    assert address("ban_list") in enter("sun").get(reverse("portal:home")).content.decode()
    assert address("ban_list") not in enter("lin").get(reverse("portal:home")).content.decode()


@pytest.mark.pins({"applications:ban_list": 12})
def test_the_list_costs_the_same_with_one_and_with_thirty(world, enter):
    def another(number: int) -> None:
        bar(world, person=Named(name=f"某{number}", kind="hk_macao_permit", number=f"H{number:08}"))

    sun = enter("sun")
    another(0)
    one = cost(sun, "applications:ban_list")
    for number in range(1, 30):
        another(number)
    assert cost(sun, "applications:ban_list") == one

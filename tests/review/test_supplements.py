"""A decline always stands; where no lawful panel is left the places stay open until the office draws a supplement."""

from datetime import datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from portal import clock, worklist
from portal.access import Forbidden
from portal.models import AuditEntry, Message
from review import errors, services, transcript
from review.drawing import DrawInput
from review.lawful_panels import is_lawful
from review.models import Draw, Meeting, PoolMember, Seat
from scripts import verify_draw_standalone as standalone
from tests.review import walk

SHORT = "评委缺员、待补抽的会议"


@pytest.fixture
def short(world, drawn) -> Meeting:
    """The one skilled worker in reach has declined: no lawful panel can be completed."""
    walk.decline(walk.the_skilled(drawn))
    drawn.refresh_from_db()
    return drawn


def file(world, meeting: Meeting) -> Draw:
    return services.file_supplement(by=world.people["sun"], meeting=meeting)


def repeated(meeting: Meeting) -> list[str]:
    """The panel by both verifiers, which agree with who is seated."""
    told = services.transcript_of(meeting, opened=True)
    panel = transcript.verify(told)
    assert panel == standalone.check(told, told["filed"])
    assert panel == sorted(seat.pseudonym for seat in walk.seats(meeting))
    return panel


def waiting(user) -> int:
    """How many meetings short of members stand in the person's to-do list."""
    return sum(item.count for item in worklist.items_for(user) if item.title == SHORT)


def test_a_decline_that_leaves_no_lawful_panel_stands(world, drawn):
    skilled = walk.the_skilled(drawn)
    walk.decline(skilled, "赴外地参加技能竞赛")
    skilled.refresh_from_db()
    assert (skilled.state, skilled.decline_reason) == ("declined", "赴外地参加技能竞赛")
    (draw,) = drawn.draws.all()
    assert draw.declined == {skilled.pseudonym: "declined"}
    noted = AuditEntry.objects.get(act="seat.decline")
    assert (noted.target, noted.reason) == (str(skilled.public_id), "赴外地参加技能竞赛")
    assert not Seat.objects.of(skilled.expert.user).exists()
    assert len(repeated(drawn)) == 10


def test_the_office_is_told_what_binds_and_gets_it_to_do(world, short):
    told = services.shortage(short)
    assert (told.places, told.filed) == (1, False)
    assert [("可抽取的高技能人才专家不足" in reason, "补充专家库" in reason) for reason in told.reasons] == [
        (True, True)
    ]
    messages = Message.objects.filter(template="review.panel_short")
    assert [message.recipient for message in messages] == [world.people["sun"]]
    assert "缺评委 1 人" in messages.get().body
    assert [waiting(world.people[name]) for name in ("sun", "zheng", "feng")] == [1, 0, 0]


def test_a_meeting_short_of_members_is_not_opened(world, short):
    walk.everybody_accepts(short)
    clock.move_to(datetime.combine(short.held_on, time(9), tzinfo=clock.ZONE))
    with pytest.raises(errors.PanelShort, match="缺员 1 人"):
        services.open_meeting(by=world.people["sun"], meeting=short)
    short.refresh_from_db()
    assert short.state == "drawn"


def test_the_supplement_fills_the_place_from_those_who_joined_the_pool(world, short):
    seated = {seat.pk for seat in walk.seats(short)}
    member = walk.enrol(world, "xin")
    assert services.shortage(short).reasons == ()
    filed = file(world, short)
    assert services.shortage(short).filed
    assert (filed.seed, filed.number, len(filed.given["joined"])) == ("", 2, 1)
    assert filed.input_sha256 in AuditEntry.objects.get(act="draw.supplement").change
    assert len(repeated(short)) == 10
    walk.draw_supplement(world, short)
    new = next(seat for seat in walk.seats(short) if seat.pk not in seated)
    assert new.expert == member.expert
    assert Message.objects.filter(recipient=member.expert.user, template="review.invitation").count() == 1
    given = DrawInput.from_text(short.draws.get(number=2).input)
    by_id = {person.id: person for person in given.candidates}
    assert is_lawful(given.rules, [by_id[name] for name in repeated(short)])
    assert (services.shortage(short), waiting(world.people["sun"])) == (None, 0)
    assert walk.open_with_everybody(world, short).state == "open"


def test_verify_draw_says_that_places_are_open(world, short, tmp_path):
    said = StringIO()
    call_command("verify_draw", str(short.public_id), "--export", str(tmp_path / "t.json"), stdout=said)
    assert said.getvalue().splitlines()[:2] == [
        "repeated: 1 round(s), 10 members, the same panel",
        "not a whole panel: 1 place(s) wait for a supplementary draw",
    ]
    assert standalone.main([str(tmp_path / "t.json")]) == 0


def test_a_supplement_without_anybody_new_is_refused_with_what_binds(world, short):
    with pytest.raises(errors.NoLawfulPanel, match="高技能人才"):
        file(world, short)
    walk.enrol(world, "xin", skilled=False)
    with pytest.raises(errors.NoLawfulPanel, match="高技能人才"):
        file(world, short)
    assert (short.draws.count(), AuditEntry.objects.filter(act="draw.supplement").count()) == (1, 0)


def test_who_joined_and_has_a_conflict_is_out_with_the_reason(world, short):
    walk.enrol(world, "xin", unit_name=world.units["employer"].name)
    with pytest.raises(errors.NoLawfulPanel):
        file(world, short)
    walk.enrol(world, "gao")
    filed = file(world, short)
    assert sorted(reason for _, reason in filed.given["excluded"]) == ["declined"] + ["same_unit"] * 3
    walk.draw_supplement(world, short)
    assert len(repeated(short)) == 11


def test_a_supplement_goes_by_a_public_value_of_its_own(world, short):
    walk.enrol(world, "xin")
    with pytest.raises(errors.WrongState, match="先上报补抽"):
        walk.draw_supplement(world, short)
    file(world, short)
    for value, words in ((" ", "请填写公开随机值"), (walk.VALUE, "用过")):
        with pytest.raises(errors.ReviewError, match=words):
            walk.draw_supplement(world, short, value)
    walk.draw_supplement(world, short)
    with pytest.raises(errors.WrongState):
        walk.draw_supplement(world, short, "又一个数值")


def test_a_supplement_is_filed_once_and_only_where_places_are_open(world, drawn, application):
    with pytest.raises(errors.WrongState, match="没有缺员"):
        file(world, drawn)
    walk.decline(walk.the_skilled(drawn))
    walk.enrol(world, "xin")
    file(world, drawn)
    with pytest.raises(errors.WrongState, match="已经上报"):
        file(world, drawn)
    for name in ("zheng", "chen", "wang", "lin", "feng"):
        with pytest.raises(Forbidden):
            services.file_supplement(by=world.people[name], meeting=drawn)
    walk.draw_supplement(world, drawn)
    walk.open_with_everybody(world, drawn)
    with pytest.raises(errors.WrongState, match="已经开始"):
        file(world, drawn)


def test_a_meeting_that_is_planned_has_no_supplement(world, planned):
    with pytest.raises(errors.WrongState, match="尚未抽取"):
        file(world, planned)


def test_further_declines_stand_too_and_all_places_are_drawn_together(world, short):
    for seat in walk.replaceable(short)[:2]:
        walk.decline(seat)
    assert (services.shortage(short).places, short.draws.count()) == (3, 1)
    walk.enrol(world, "xin")
    file(world, short)
    walk.draw_supplement(world, short)
    assert (len(repeated(short)), short.draws.count()) == (11, 2)


def test_who_declines_while_a_supplement_is_filed_is_replaced_after_it(world, short):
    walk.enrol(world, "xin")
    filed = file(world, short)
    late = walk.replaceable(short)[0]
    walk.decline(late)
    assert Draw.objects.get(pk=filed.pk).input == filed.input
    assert services.shortage(short).places == 2
    assert len(repeated(short)) == 9
    walk.draw_supplement(world, short)
    rounds = list(short.draws.order_by("number"))
    assert [(draw.number, draw.is_supplement, draw.public_value) for draw in rounds] == [
        (1, False, walk.VALUE),
        (2, True, walk.LATER_VALUE),
        (3, False, walk.LATER_VALUE),
    ]
    assert late.pseudonym in rounds[1].panel
    assert (len(repeated(short)), Seat.objects.taken().filter(pk=late.pk).count()) == (11, 0)


def test_who_declined_the_supplement_too_leaves_the_place_open_again(world, short):
    walk.enrol(world, "xin")
    file(world, short)
    walk.draw_supplement(world, short)
    walk.decline(walk.the_skilled(short))
    assert services.shortage(short).places == 1
    assert Message.objects.filter(template="review.panel_short", recipient=world.people["sun"]).count() == 2
    walk.enrol(world, "gao")
    file(world, short)
    walk.draw_supplement(world, short, "公开彩票第 2025024 期：02 09 16 21 29 33")
    assert (len(repeated(short)), short.draws.count()) == (11, 3)


def test_nobody_declines_twice_nor_once_the_meeting_began(world, drawn):
    skilled = walk.the_skilled(drawn)
    walk.decline(skilled)
    with pytest.raises(errors.WrongState, match="已答复"):
        walk.decline(skilled)
    with pytest.raises(errors.WrongState, match="已答复"):
        services.answer_invitation(by=skilled.expert.user, seat=skilled, accepts=True)
    walk.enrol(world, "xin")
    file(world, drawn)
    walk.draw_supplement(world, drawn)
    walk.open_with_everybody(world, drawn)
    with pytest.raises(errors.WrongState, match="已经开始"):
        walk.decline(walk.seats(drawn)[0])
    assert AuditEntry.objects.filter(act="seat.decline").count() == 1


def test_who_declined_does_not_come_back_by_a_new_term(world, short):
    gone = Seat.objects.get(state="declined")
    member = PoolMember.objects.get(expert=gone.expert)
    services.end_membership(by=world.people["sun"], member=member, reason="任期调整")
    services.enrol(
        by=world.people["sun"],
        committee=world.units["committee"],
        user=gone.expert.user,
        facts=services.ExpertFacts("full_senior", gone.expert.employer_kind, gone.expert.unit_name, skilled=True),
        term_from=clock.today(),
        term_until=clock.today() + timedelta(days=365),
    )
    with pytest.raises(errors.NoLawfulPanel):
        file(world, short)


def test_who_left_the_pool_is_not_drawn_in_place_of_who_declined(world, drawn):
    """Of all who might replace the member only one is left in the pool: the lot falls on no other."""
    seated = {seat.expert_id for seat in walk.seats(drawn)}
    free = PoolMember.objects.filter(expert__skilled=False).exclude(expert__in=seated).select_related("expert")
    alike = {(member.expert.title_level, member.expert.employer_kind): member for member in free}
    seat = next(s for s in walk.replaceable(drawn) if (s.expert.title_level, s.expert.employer_kind) in alike)
    stays = alike[seat.expert.title_level, seat.expert.employer_kind]
    leaving = [member for member in free if member.pk != stays.pk]
    for member in leaving:
        services.end_membership(by=world.people["sun"], member=member, reason="违反评审纪律", struck_off=True)
    walk.decline(seat)
    assert {seat.expert_id for seat in walk.seats(drawn)} - seated == {stays.expert_id}
    out = [reason for _, reason in drawn.draws.get(number=2).given["excluded"]]
    assert out.count("left_pool") == len(leaving)
    assert len(repeated(drawn)) == 11


def test_a_supplement_needs_a_lawful_pool_and_a_valid_filing(world, short):
    for member in PoolMember.objects.filter(expert__title_level="full_senior", expert__skilled=False)[:10]:
        services.end_membership(by=world.people["sun"], member=member, reason="调离")
    walk.enrol(world, "xin")
    with pytest.raises(errors.PoolNotLawful):
        file(world, short)


def test_who_left_and_came_back_is_a_candidate_of_the_supplement(world, short):
    seated = {seat.expert_id for seat in walk.seats(short)}
    back = PoolMember.objects.filter(expert__skilled=False).exclude(expert__in=seated).first()
    services.end_membership(by=world.people["sun"], member=back, reason="任期届满")
    walk.enrol(world, "xin")
    walk.enrol(world, "gao")
    file(world, short)
    walk.draw_supplement(world, short)
    expert = back.expert
    services.enrol(
        by=world.people["sun"],
        committee=world.units["committee"],
        user=expert.user,
        facts=services.ExpertFacts(
            expert.title_level,
            expert.employer_kind,
            expert.unit_name,
            expert.organization,
            expert.skilled,
            tuple(expert.directions),
        ),
        term_from=clock.today(),
        term_until=clock.today() + timedelta(days=365),
    )
    for _ in range(2):
        if services.shortage(short) is None:
            walk.decline(walk.the_skilled(short))
    walk.enrol(world, "qin")
    assert services.shortage(short) is not None
    filed = file(world, short)
    assert len(filed.given["joined"]) == 2
    walk.draw_supplement(world, short, "公开彩票第 2025024 期：02 09 16 21 29 33")
    assert len(repeated(short)) == 11

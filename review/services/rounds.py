"""The rounds of a draw: what the next one starts from, its freezing, its drawing, and who is invited by it."""

import json

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, clock, notifications
from portal.chinese_dates import cn_date
from portal.models import User
from review import drawing
from review.errors import NoLawfulPanel, TooRare, WrongState
from review.lawful_panels import Rule
from review.models import Draw, Meeting, Seat
from review.services import candidates

RULE_LABELS = {
    Rule.SIZE: gettext_lazy("可抽取的专家总人数不足"),
    Rule.SENIOR: gettext_lazy("可抽取的正高级专家不足"),
    Rule.ENTERPRISE: gettext_lazy("可抽取的企业技术专家不足"),
    Rule.PRIVATE: gettext_lazy("可抽取的民营企业、社会组织专家不足"),
    Rule.SKILLED: gettext_lazy("可抽取的高技能人才专家不足"),
}


def latest(meeting: Meeting) -> Draw:
    """The round that was frozen last, drawn or not."""
    return meeting.draws.order_by("number").reverse()[0]


def next_input(meeting: Meeting, *, supplement: bool = False) -> drawing.DrawInput:
    """The round that follows the last one drawn: the declined are out, and who left the pool; the others stay.

    A supplementary round takes in who has come into the pool since, unless they may not judge.
    """
    last = latest(meeting)
    before, pool = drawing.DrawInput.from_text(last.input), candidates.pool_of(meeting)
    free = {person.id for person in before.candidates} - set(last.panel)
    following = before.after_declines(last.panel, last.declined, left=free - set(pool))
    if not supplement:
        return following
    known = {person.id for person in following.candidates} | set(last.panel)
    out = dict(following.excluded)
    new = {name: expert for name, expert in pool.items() if name not in known}
    joined, barred = candidates.assess(meeting, new)
    return following.supplemented(
        [person for person in joined if out.get(person.id) in {None, drawing.LEFT_POOL}],
        [(name, reason) for name, reason in barred if name not in out],
    )


def drawing_of(given: drawing.DrawInput) -> drawing.Drawing:
    """The round ready to be drawn. Raises NoLawfulPanel naming the binding rules."""
    try:
        return drawing.Drawing(given)
    except drawing.Infeasible as none:
        if given.number == 1:
            sentence = _("无法组成合规的评委会：%(rule)s（评委 %(size)d 人）。请补充专家库，或调整评委人数、上会名单。")
        else:
            sentence = _("其余评委不变，无法合规补抽：%(rule)s（评委 %(size)d 人）。请先补充专家库，再上报补抽。")
        raise NoLawfulPanel(
            [sentence % {"rule": str(RULE_LABELS[Rule(rule)]), "size": given.rules.panel} for rule in none.rules]
        ) from none


def freeze(meeting: Meeting, given: drawing.DrawInput) -> Draw:
    """Stores the input of a round that is to be drawn. Raises NoLawfulPanel."""
    ready, text = drawing_of(given), given.text()
    return Draw.objects.create(
        meeting=meeting,
        number=given.number,
        input=text,
        input_sha256=drawing.text_sha256(text),
        lawful_panels=str(ready.lawful),
    )


def draw(frozen: Draw, *, by: User, public_value: str) -> Draw:
    """Draws a frozen round, once, and invites whom it brings in.

    Raises:
        WrongState: it is drawn already.
        TooRare: lawful panels are too rare to be met.
    """
    meeting = frozen.meeting
    seed = drawing.seed_of(meeting.opened_secret, public_value, frozen.input)
    try:
        panel = drawing_of(drawing.DrawInput.from_text(frozen.input)).panel(seed)
    except drawing.TooManyTries as none:
        raise TooRare(
            _("合规组合在候选专家中过于稀少，多次抽取仍未抽到，本次抽取没有生效。请补充专家库后重新上报。")
        ) from none
    drawn = Draw.objects.filter(pk=frozen.pk, seed="").update(
        public_value=public_value, seed=seed.hex(), result=json.dumps(panel), drawn_by=by, drawn_at=clock.now()
    )
    if drawn != 1:
        raise WrongState(_("本轮专家已经抽取，不能重复抽取。"))
    frozen.refresh_from_db()
    experts = candidates.everyone(meeting)
    new = set(panel) - set(frozen.given["kept"])
    for pseudonym, expert in experts.items():
        if pseudonym in new:
            _invite(Seat.objects.create(meeting=meeting, expert=expert, draw=frozen, pseudonym=pseudonym))
    audit.record(
        "draw.run",
        by=by,
        scope=meeting.scope,
        kind="draw",
        target=f"{meeting.public_id}/{frozen.number}",
        change={
            "input_sha256": frozen.input_sha256,
            "public_value": public_value,
            "panel": panel,
            "lawful_panels": frozen.lawful_panels,
        },
        organization=meeting.round.office,
    )
    return frozen


def _invite(seat: Seat) -> None:
    notifications.notify(
        seat.expert.user,
        "review.invitation",
        {"committee": seat.meeting.round.committee.name, "held_on": cn_date(seat.meeting.held_on)},
        organization=seat.meeting.round.office,
        link=reverse("review:seat_detail", args=[seat.public_id]),
        dedupe=f"invitation:{seat.public_id}",
    )

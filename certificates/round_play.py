"""A whole round played through the services, act by act: `make demo`, and the tests' shortest way to a certificate.

No rule is shortened: business time moves to the end of each notice and to the day of the meeting.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from applications import commitments, dossiers
from applications import demo as filing_demo
from applications import services as filing
from applications.findings import word_of
from applications.models import Application, Notice, Round
from applications.services.steps import SUPERVISOR_CHECKS
from applications.transitions import open_step
from certificates.models import Certificate
from certificates.services import release
from demo import make_evidence, make_signature
from portal import clock, jobs, workdays
from portal.demo import World
from portal.models import StoredFile
from review import services as review
from review.models import Meeting, Seat

APPROVAL_NUMBER = "津职称备〔2025〕3号（演示）"
PUBLIC_VALUE = "公开彩票 2025-03-11 开奖号码 07 11 19 23 30 + 05（演示）"
ROUTES = {"ordinary": "按正常条件", "exceptional": "按破格条件", None: "尚无适用途径"}
# One expert is away, two vote against: the line is shown where it is not unanimous.
AWAY, AGAINST = 1, 2


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the play: who did what, with what result, at what business moment."""

    at: datetime
    who: str
    what: str

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}  {self.who}  {self.what}"


class Play:
    """Takes one persona's application along the line. Each method is a room's part and yields what happened."""

    def __init__(self, world: World, *, applicant: str = "lin") -> None:
        self.world, self.applicant = world, applicant
        self.round: Round
        self.application: Application
        self.meeting: Meeting
        self.certificate: Certificate

    def whole(self) -> Iterator[Act]:
        """From opening the round to the finished papers."""
        for part in (
            self.file,
            self.employer,
            self.supervising_body,
            self.office,
            self.draw,
            self.meet,
            self.result,
            self.papers,
        ):
            yield from part()

    def file(self) -> Iterator[Act]:
        self.round = filing_demo.demo_round(self.world)
        yield self._act(
            "sun",
            f"开启批次“{self.round.name}”，依据 {self.round.policy_id}，申报截止 {self.round.applicant_closes_on}",
        )
        person = self.world.people[self.applicant]
        found = Application.objects.filter(applicant=person, round=self.round).first()
        self.application = found or filing_demo.fill_in(self.world, self.round, applicant=self.applicant)
        jobs.work_off()
        yield self._act(self.applicant, f"填报 {self.application.items.count()} 项档案并上传佐证材料，文件检查完毕")
        result = filing.precheck(self.application)
        yield self._act(
            self.applicant, f"条件自查：{word_of(result.verdict)}（{ROUTES[result.route]}，自查只提示、不拒绝）"
        )
        content_sha256 = dossiers.content(self.application).sha256
        signature = filing.sign(
            application=self.application,
            by=person,
            content_sha256=content_sha256,
            words_sha256=filing.applicant_words_sha256(self.application),
            written=filing.Written(picture=make_signature.png()),
        )
        yield self._act(self.applicant, f"手写签署承诺，内容校验码 {content_sha256[:12]}…")
        snapshot = filing.submit(
            application=self.application, by=person, seen_sha256=content_sha256, signature=signature
        )
        self.application.refresh_from_db()
        yield self._act(self.applicant, f"提交，编号 {self.application.number}，快照 {snapshot.sha256[:12]}…")

    def employer(self) -> Iterator[Act]:
        wang, application = self.world.people["wang"], self.application
        items = {str(item.public_id): item for item in application.items.all()}
        if application.snapshot is None:
            raise RuntimeError("the application has not been submitted")
        records = dossiers.frozen(application.snapshot)
        for record in records:
            filing.verify_item(application=application, item=items[record.id], by=wang)
        for clause in filing.attestable(application):
            filing.attest(application=application, clause=clause.number, value=True, by=wang)
        filing.assess(application=application, by=wang, performance="passed", ethics="恪守职业道德，履职尽责。")
        yield self._act("wang", f"逐项核验 {len(records)} 项，完成业绩考核和职业道德评价")
        notice = filing.open_notice(
            kind="employer", round=self.round, organization=application.employer, applications=[application], by=wang
        )
        with (make_evidence.folder() / "notice-board.jpg").open("rb") as picture:
            filing.add_photograph(notice=notice, upload=picture, name="公示照片.jpg", by=wang)
        yield self._act("wang", f"张贴单位内部公示并上传照片，{notice.days} 个工作日，至 {notice.ends_on} 24:00")
        self._sit_out(notice)
        filing.close_notice(notice=notice, by=wang)
        self._decide("wang", checks={"commitment": commitments.sha256(commitments.EMPLOYER)})
        yield self._act("wang", "公示期满无异议，签署推荐承诺书并推荐上报")

    def supervising_body(self) -> Iterator[Act]:
        self._decide("zhao", checks=dict.fromkeys(SUPERVISOR_CHECKS, True))
        yield self._act("zhao", "三项核对均已确认，审核通过并报送")

    def office(self) -> Iterator[Act]:
        self._decide("sun")
        yield self._act("sun", "受理，材料锁定")

    def draw(self) -> Iterator[Act]:
        sun = self.world.people["sun"]
        findings = review.composition_of(self.round.committee, self.round.policy_id, clock.today())
        yield self._act("sun", f"专家库 {sum(finding.holds for finding in findings)}/{len(findings)} 项组成要求均符合")
        held_on = workday_after(clock.today() + timedelta(days=10))
        self.meeting = review.plan_meeting(
            by=sun,
            round_=self.round,
            held_on=held_on,
            applications=[self.application],
            place="评审中心第一会议室（演示）",
        )
        yield self._act("sun", f"上报评审方案：{held_on} 开会，评委 {self.meeting.panel_size} 人，封存抽取输入和密数")
        draw = review.draw_panel(by=sun, meeting=self.meeting, public_value=PUBLIC_VALUE)
        yield self._act("sun", f"随机抽取：合规组合 {draw.lawful_panels} 种，种子 {draw.seed[:16]}…")
        first = next(seat for seat in self._seats() if not seat.expert.skilled)
        review.answer_invitation(by=first.expert.user, seat=first, accepts=False, reason="出差（演示）")
        yield self._act("expert", f"{first.expert.user.name}不能参加，其余不变，从合规组合中均匀补抽")
        for seat in self._seats():
            if seat.state != "accepted":
                review.answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
            seat.refresh_from_db()
            review.commit(by=seat.expert.user, seat=seat)
        yield self._act("expert", f"{len(self._seats())} 位专家接受邀请并在线签署承诺书")

    def meet(self) -> Iterator[Act]:
        sun, meeting = self.world.people["sun"], self.meeting
        clock.move_to(datetime.combine(meeting.held_on, time(9), tzinfo=clock.ZONE))
        meeting.refresh_from_db()
        review.open_meeting(by=sun, meeting=meeting)
        present = self._seats()[AWAY:]
        quorum = review.mark_attendance(by=sun, meeting=meeting, attending=present)
        yield self._act(
            "sun", f"会议签到：应到 {quorum.members} 人，实到 {quorum.attending} 人，至少 {quorum.needed} 人"
        )
        entry = meeting.entries.get(application=self.application)
        meeting.refresh_from_db()
        review.open_ballot(by=sun, entry=entry)
        for seat in present:
            review.give_opinion(by=seat.expert.user, seat=seat, entry=entry, text="业绩真实，能力达到申报层级要求。")
        for order, seat in enumerate(present):
            review.cast(by=seat.expert.user, entry=entry, choice="against" if order < AGAINST else "consent")
        outcome = review.close_ballot(by=sun, entry=entry)
        yield self._act("sun", f"无记名投票计票：{outcome.sentence}")
        meeting.refresh_from_db()
        review.close_meeting(by=sun, meeting=meeting)
        yield self._act("sun", "会议结束，结果封存，另行公布")

    def result(self) -> Iterator[Act]:
        sun = self.world.people["sun"]
        self.meeting.refresh_from_db()
        notice = review.publish_results(by=sun, meeting=self.meeting)
        if notice is None:
            raise RuntimeError("the play expects its applicant to pass")
        yield self._act("sun", f"公示评审结果，{notice.days} 个工作日，至 {notice.ends_on} 24:00")
        self._sit_out(notice)
        filing.close_notice(notice=notice, by=sun)
        self.meeting.refresh_from_db()
        confirmed = review.confirm_results(by=sun, meeting=self.meeting)
        yield self._act("sun", f"公示期满，确认无异议 {sum(one.confirmed for one in confirmed)} 人")

    def papers(self) -> Iterator[Act]:
        released = release(round=self.round, approval_number=APPROVAL_NUMBER, by=self.world.people["sun"])
        self.certificate = released.certificates[0]
        yield self._act("sun", f"发布结果，证书编号 {self.certificate.number}")
        jobs.work_off()
        for paper in (self.certificate.document, self.certificate.review_form):
            paper.refresh_from_db()
        yield self._act(
            "worker",
            f"生成电子证书 {self.certificate.document.sha256[:12]}…"
            f"和评审表 {self.certificate.review_form.sha256[:12]}…",
        )

    def _act(self, who: str, what: str) -> Act:
        names = {"worker": "后台任务", "expert": "评审专家"}
        person = self.world.people.get(who)
        return Act(clock.now(), names.get(who) or (person.name if person else who), what)

    def _decide(self, who: str, **given: object) -> None:
        step = open_step(self.application)
        if step is None:
            raise RuntimeError("no step is open")
        filing.decide_step(step=step, by=self.world.people[who], decision="pass", **given)  # type: ignore[arg-type]
        self.application.refresh_from_db()

    def _seats(self) -> list[Seat]:
        return list(self.meeting.seats.taken().select_related("expert__user").order_by("pk"))

    @staticmethod
    def _sit_out(notice: Notice) -> None:
        clock.move_to(notice.closes_at + timedelta(hours=9))
        notice.refresh_from_db()


def workday_after(day: date) -> date:
    """The day itself where people work on it, else the next on which they do."""
    while not workdays.is_workday(day):
        day += timedelta(days=1)
    return day


def write_papers(certificate: Certificate, folder: Path, read: Callable[[StoredFile], bytes]) -> tuple[Path, Path]:
    """Writes certificate.pdf and review-form.pdf into the folder; `read` gives a stored file's bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    papers = (folder / "certificate.pdf", folder / "review-form.pdf")
    for path, document in zip(papers, (certificate.document, certificate.review_form), strict=True):
        if document.file is None:
            raise RuntimeError(f"the {document.kind} has not been rendered: {document.failure}")
        path.write_bytes(read(document.file))
    return papers

"""Walking an application along the line through services, so that impossible states cannot be tested by accident."""

from io import BytesIO

from PIL import Image

from applications import commitments, corrections, dossiers, services
from applications.models import Application, ApprovalStep, Notice, Signature, Snapshot
from applications.services.steps import SUPERVISOR_CHECKS
from applications.transitions import open_step
from portal import clock
from portal.demo import World

COMMITMENT = commitments.sha256(commitments.EMPLOYER)
SIGNED = {"checks": {"commitment": COMMITMENT}}
CHECKS = dict.fromkeys(SUPERVISOR_CHECKS, True)


def picture(shade: str = "white") -> BytesIO:
    """A small picture; each shade is a file of its own."""
    data = BytesIO()
    Image.new("RGB", (40, 30), shade).save(data, "JPEG")
    data.seek(0)
    return data


def live(application: Application) -> Snapshot:
    assert application.snapshot is not None
    return application.snapshot


def waiting(application: Application) -> ApprovalStep:
    step = open_step(application)
    assert step is not None
    return step


def sign(application: Application, *, seen: str = "", name: str = "") -> Signature:
    """The applicant's signature on the content as it stands, typed: a hand-written one is tested elsewhere."""
    return services.sign(
        application=application,
        by=application.applicant,
        content_sha256=seen or dossiers.content(application).sha256,
        words_sha256=services.applicant_words_sha256(application),
        written=services.Written(name=name or application.applicant.name),
    )


def answer_all(application: Application) -> None:
    """Says of every line of a return that it is mended."""
    application.refresh_from_db()
    asked = corrections.mending(application)
    for line in asked.left if asked else []:
        services.answer_correction(
            application=application, number=line.number, text="已补正。", by=application.applicant
        )


def submit(application: Application) -> Application:
    """Signs and submits; after a return, with every line answered."""
    answer_all(application)
    signature = sign(application)
    seen = signature.content_sha256
    services.submit(application=application, by=application.applicant, seen_sha256=seen, signature=signature)
    return application


def verify_all(application: Application, world: World) -> None:
    items = {str(item.public_id): item for item in application.items.all()}
    for record in dossiers.frozen(live(application)):
        services.verify_item(application=application, item=items[record.id], by=world.people["wang"])


def attest_all(application: Application, world: World) -> None:
    for clause in services.attestable(application):
        services.attest(application=application, clause=clause.number, value=True, by=world.people["wang"])


def assess(application: Application, world: World) -> None:
    services.assess(application=application, by=world.people["wang"], performance="passed", ethics="遵守职业道德。")


def post(application: Application, world: World) -> Notice:
    return services.open_notice(
        kind="employer",
        round=application.round,
        organization=application.employer,
        applications=[application],
        by=world.people["wang"],
    )


def sit_out(notice: Notice, world: World) -> Notice:
    services.add_photograph(notice=notice, upload=picture(), name="公示照片.jpg", by=world.people["wang"])
    clock.move_to(notice.closes_at)
    return services.close_notice(notice=notice, by=world.people["wang"])


def ready_to_recommend(application: Application, world: World) -> Application:
    submit(application)
    verify_all(application, world)
    attest_all(application, world)
    assess(application, world)
    sit_out(post(application, world), world)
    return application


def decide(application: Application, by, decision="pass", **given):
    """Decides the open step; an employer that passes signs its commitment unless the test says otherwise."""
    step = waiting(application)
    signed = SIGNED if (step.kind, decision) == ("employer", "pass") else {}
    return services.decide_step(step=step, by=by, decision=decision, **{**signed, **given})


def recommended(application: Application, world: World) -> Application:
    ready_to_recommend(application, world)
    decide(application, world.people["wang"])
    return application


def supervised(application: Application, world: World) -> Application:
    recommended(application, world)
    decide(application, world.people["zhao"], checks=CHECKS)
    return application


def accepted(application: Application, world: World) -> Application:
    supervised(application, world)
    decide(application, world.people["sun"])
    application.refresh_from_db()
    return application

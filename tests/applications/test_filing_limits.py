"""What a form may hold at most and must say besides: told on the pages on the way, and asked at submission."""

from datetime import date

import pytest
from django.test import Client

from applications import paper_addresses, services
from applications.dossiers import Record, chosen, claimed
from applications.filing_limits import REPRESENTATIVE_MOST, exceeded
from applications.models import Application, Round
from applications.records import read_details
from applications.services.submission import gaps
from portal import clock, privacy
from rules import catalog
from tests.applications.pages import address, words

JIANGXI, TIANJIN = "jiangxi-lithium-2023", "tianjin-lithium-2022"
CNKI = "https://kns.cnki.net/kcms2/article/abstract?v=1"
PAPER = {"kind": "paper", "date": "2022-05-01", "venue": "journal", "author": "first"}
BOOK = {"kind": "monograph", "date": "2022-05-01", "words": 120_000}


@pytest.fixture
def filing(empty_draft) -> Application:
    """A draft in a round under Jiangxi's notice."""
    Round.objects.filter(pk=empty_draft.round_id).update(policy_id=JIANGXI)
    empty_draft.round.refresh_from_db()
    return empty_draft


@pytest.fixture
def lin(world) -> Client:
    privacy.agree(by=world.people["lin"])
    client = Client()
    client.force_login(world.people["lin"])
    return client


def write(application: Application, kind: str, facts: dict, **details: object):
    return services.add_item(
        owner=application.applicant, kind=kind, facts=facts, details=details, application=application
    )


def told(application: Application) -> list[str]:
    return [sentence for _section, sentence in exceeded(application.round, chosen(application))]


def record(kind: str, facts: dict | None = None, **details: object) -> Record:
    return Record("1", kind, facts or {}, details, "")


def sentences(round_: Round, *records: Record) -> list[str]:
    return [sentence for _section, sentence in exceeded(round_, records)]


@pytest.mark.duty("JX81-033")
@pytest.mark.parametrize(("kind", "facts", "what"), [("paper", PAPER, "论文"), ("monograph", BOOK, "专著")])
def test_five_papers_and_five_books_are_taken_and_a_sixth_is_not(filing, lin, kind, facts, what):
    for order in range(1, 6):
        write(filing, kind, facts, title=f"第{order}篇", order=order, verification_address=CNKI) if kind == (
            "paper"
        ) else write(filing, kind, facts, title=f"第{order}本", order=order)
    section = address("section_detail", filing.public_id, "publications")
    assert f"项{what}，最多5项" not in words(lin.get(section))

    write(filing, kind, facts, title="第六", order=6)

    assert f"选用了6项{what}，最多5项（正文三(十)1）" in words(lin.get(section))
    assert [gap.section for gap in gaps(filing) if "最多5项" in gap.sentence] == ["publications"]


def test_another_regions_round_counts_no_papers(empty_draft):
    for order in range(1, 8):
        write(empty_draft, "paper", PAPER, title=f"第{order}篇", order=order)
    assert told(empty_draft) == []


def test_what_the_notice_wants_ranked_is_ranked_without_gap_or_tie(filing):
    first = write(filing, "patent", {"kind": "patent"}, name="一种隔膜", verification_address=CNKI)
    assert told(filing) == []

    second = write(filing, "patent", {"kind": "patent"}, name="一种负极", order=1, verification_address=CNKI)
    assert told(filing) == ["专利须由本人排序（正文三(八)）。请逐项填写“本人排序”，1 为最重要的一项。"]

    services.change_item(item=first, facts=first.facts, details={**first.details, "order": 1}, by=filing.applicant)
    assert told(filing) == ["专利的“本人排序”有重复：1（正文三(八)）。请改为互不相同的次序。"]

    services.change_item(item=second, facts=second.facts, details={**second.details, "order": 2}, by=filing.applicant)
    assert told(filing) == []


@pytest.mark.parametrize(
    ("typed", "database"),
    [
        (CNKI, "cnki"),
        ("kns.cnki.net/x", "cnki"),
        ("https://CNKI.NET", "cnki"),
        ("https://d.wanfangdata.com.cn/periodical/1", "wanfang"),
        ("http://qikan.cqvip.com/Qikan/Article/1", "vip"),
        ("https://cnki.net.example/x", ""),
        ("https://notcnki.net/x", ""),
        ("https://example.cn/?from=cnki.net", ""),
        ("https://cnki.net@example.cn/", ""),
        ("http://[cnki.net/", ""),
        ("知网", ""),
        ("", ""),
    ],
)
def test_a_database_is_told_by_the_host_alone(typed, database):
    assert paper_addresses.database_of(typed) == database


@pytest.mark.duty("JX81-034")
def test_a_paper_without_its_address_is_shown_as_invalid_and_counts_for_nothing(filing, lin):
    write(filing, "paper", PAPER, title="甲", order=1, verification_address=CNKI)
    void = write(filing, "paper", PAPER, title="乙", order=2, verification_address="https://journals.example/1")
    section = address("section_detail", filing.public_id, "publications")

    def counted() -> int:
        return len(claimed(filing, chosen(filing))["achievements"])

    assert (words(lin.get(section)).count("无效论文："), counted()) == (1, 1)
    assert "正文三(十)2" in words(lin.get(section))

    services.change_item(item=void, facts=void.facts, details={**void.details, "indexed": "ei"}, by=filing.applicant)
    assert (words(lin.get(section)).count("无效论文："), counted()) == (0, 2)


def test_papers_that_are_all_void_leave_a_list_that_is_known_to_be_empty(filing):
    write(filing, "paper", PAPER, title="甲")
    assert claimed(filing, chosen(filing))["achievements"] == []


def test_a_paper_is_void_only_where_the_notice_says_so():
    details = {"verification_address": "https://journals.example/1"}
    found = [
        paper_addresses.void_clause(catalog.get(policy).procedure, "paper", details) for policy in (JIANGXI, TIANJIN)
    ]
    assert found == ["正文三(十)2", ""]


@pytest.mark.duty("JX81-016")
def test_a_code_is_told_to_have_expired_from_the_day_after_its_last(filing, lin):
    details = {"school": "示范大学", "verification_code": "A1B2C3D4E5F6"}
    last = clock.today()
    item = write(filing, "education", {"level": "bachelor"}, verification_expires_on=last.isoformat(), **details)
    section = address("section_detail", filing.public_id, "education")
    assert "已经过期" not in words(lin.get(section))

    yesterday = date.fromordinal(last.toordinal() - 1)
    services.change_item(
        item=item,
        facts=item.facts,
        details={**details, "verification_expires_on": yesterday.isoformat()},
        by=filing.applicant,
    )

    assert "“示范大学”的学信网在线验证码有效期至" in words(lin.get(section))
    assert any("已经过期" in gap.sentence for gap in gaps(filing))


@pytest.mark.parametrize(
    ("facts", "details", "expected"),
    [
        ({"level": "full_senior", "source": "review"}, {"old_full_senior": True}, []),
        ({"level": "associate_senior", "source": "review"}, {"old_full_senior": True}, ["旧称的正高级"]),
        ({"level": "associate_senior", "source": "review"}, {"old_full_senior": False}, []),
        ({"source": "professional_qualification"}, {}, ["填写职业资格名称", "须由单位聘任"]),
        (
            {"source": "professional_qualification", "appointed": False},
            {"qualification": "注册化工工程师", "appointed_by": "示范公司"},
            ["须由单位聘任"],
        ),
        (
            {"source": "professional_qualification", "appointed": "2020-01-01"},
            {"qualification": "注册化工工程师", "appointed_by": "示范公司"},
            [],
        ),
    ],
)
def test_old_titles_and_qualifications_say_what_they_rest_on(round_, facts, details, expected):
    found = sentences(round_, record("title", facts, **details))
    assert len(found) == len(expected)
    assert all(part in sentence for part, sentence in zip(expected, found, strict=True))


def test_representative_works_are_few(round_):
    works = [record("patent", {"kind": "patent"}, representative=True) for _ in range(REPRESENTATIVE_MOST + 1)]
    assert sentences(round_, *works[1:]) == []
    assert sentences(round_, *works) == ["选了4项代表作，最多3项。请保留最能反映本人水平的几项，其余改选“否”。"]


@pytest.mark.parametrize(
    ("points", "total", "expected"),
    [
        ({}, 82, 0),
        ({"projects": 35, "awards": 12.5}, 47.5, 0),
        ({"projects": 35, "awards": 12.5}, 82, 1),
        ({"projects": 36}, 36, 1),
    ],
)
def test_the_self_column_adds_up(round_, points, total, expected):
    assert len(sentences(round_, record("self_score", {"self_score": total}, **points))) == expected


def test_the_score_sheet_says_that_it_is_a_sample(empty_draft, lin):
    page = words(lin.get(address("section_detail", empty_draft.public_id, "self_score")))
    assert "样表" in page
    assert "项目与技术成果" in page


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("basics", {"sex": "female", "administrative_duty": "无"}),
        ("education", {"school": "示范大学", "verification_code": "A1B2C3D4E5F6G7H8"}),
        ("self_score", {}),
        ("monograph", {"title": "书", "isbn": "1"}),
        ("performance_letter", {"title": "函"}),
    ],
)
def test_what_was_kept_before_these_questions_still_reads(kind, details):
    assert read_details(kind, details) == details


def test_an_honour_outside_the_list_is_called_by_its_name(world, empty_draft):
    facts, told = {"name": "other", "date": "2021-05-01"}, "选了“其他荣誉”的，请照证书填写荣誉名称"
    item = services.add_item(
        owner=empty_draft.applicant, kind="honour", facts=facts, details={"issued_by": "示范总工会"},
        application=empty_draft,
    )  # fmt: skip
    assert any(told in gap.sentence for gap in services.gaps(empty_draft))

    details = {"title": "示范省劳动模范", "issued_by": "示范总工会"}
    services.change_item(item=item, by=empty_draft.applicant, facts=facts, details=details)
    assert not any(told in gap.sentence for gap in services.gaps(empty_draft))

"""Dates, masks, sizes and the components' own logic."""

import re
from datetime import date, datetime

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal import clock
from portal.forms import ConfirmForm, PortalForm
from portal.templatetags import portal_tags


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13800000001", "138****0001"),
        ("lin@portal.example", "l***@portal.example"),
        ("abc", "***"),
        ("abcde", "a***e"),
        ("", ""),
    ],
)
def test_masks_keep_the_ends(value, shown):
    assert portal_tags.masked(value) == shown


def test_dates_are_read_in_shanghai():
    moment = datetime.fromisoformat("2025-03-03T16:30:00+00:00")
    assert (portal_tags.cn_date(moment), portal_tags.cn_datetime(moment)) == ("2025年3月4日", "2025年3月4日 00:30")
    assert portal_tags.cn_date(date(2025, 3, 3)) == "2025年3月3日"
    assert portal_tags.cn_date(None) == "—"


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2025, 3, 10), "距截止还有 7 天"),
        (date(2025, 3, 3), "今日 24:00 截止"),
        (date(2025, 3, 2), "已截止"),
        (None, ""),
    ],
)
def test_a_deadline_counts_to_the_end_of_its_day(last_day, words):
    assert portal_tags.days_left(last_day) == words


@pytest.mark.parametrize(("size", "shown"), [(0, "0 B"), (1023, "1023 B"), (320 * 1024, "320 KB"), (1468006, "1.4 MB")])
def test_sizes_tell_what_matters(size, shown):
    assert portal_tags.file_size(size) == shown


def test_a_notice_s_days_stand_in_weeks_from_monday():
    days = [{"day": date(2025, 3, day), "kind": "work"} for day in range(6, 14)]
    weeks = [[entry and entry["day"].day for entry in week.days] for week in portal_tags.calendar_weeks(days)]
    assert weeks == [[None, None, None, 6, 7, 8, 9], [10, 11, 12, 13, None, None, None]]


class Sample(PortalForm):
    title = forms.CharField(label="题目")
    rank = forms.ChoiceField(label="排名", choices=[("1", "第一"), ("2", "第二")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("两项不能同时为空。")


def test_the_error_summary_links_to_the_first_control_of_each_field_once():
    form = Sample({})
    summary = render_to_string("components/error_summary.html", {"form": form})
    assert "<li>两项不能同时为空。</li>" in summary
    assert '<a href="#id_title">题目：请填写“题目”。</a>' in summary
    assert '<a href="#id_rank_0">排名：请选择“排名”。</a>' in summary
    assert "error-summary" not in render_to_string("components/error_summary.html", {"form": form})


def test_a_form_shows_its_summary_its_token_and_words_for_what_is_required(rf: RequestFactory):
    page = render_to_string("components/form.html", {"form": Sample({}), "submit": "提交"}, request=None)
    assert page.count('class="error-summary"') == 1
    assert page.count("（必填）") == 2
    assert 'id="id_rank_0"' in page


def test_a_reason_is_demanded_by_name():
    form = ConfirmForm({"reason": ""}, reason_required=True, reason_label="退回理由")
    assert form.errors == {"reason": ["请填写“退回理由”。"]}
    assert "reason" not in ConfirmForm({}).fields


def test_a_status_is_told_by_icon_and_word():
    badge = render_to_string(
        "components/status_badge.html", {"label": "退回补正", "tone": "warning", "status": "returned"}
    )
    assert badge.strip() == (
        '<span class="status tone-warning" data-status="returned">'
        '<i class="bi bi-exclamation-triangle" aria-hidden="true"></i>退回补正</span>'
    )


def test_the_stage_track_says_each_state_in_words():
    stages = [
        {"name": "填报", "state": "done", "date": date(2025, 3, 1)},
        {"name": "受理", "state": "current"},
        {"name": "发证"},
    ]
    track = render_to_string("components/stage_track.html", {"stages": stages})
    assert [word for word in ("已完成", "2025年3月1日", "进行中", "未开始") if word not in track] == []
    assert track.count('aria-current="step"') == 1


def test_the_pager_keeps_the_other_parameters(rf: RequestFactory):
    page = Paginator(range(60), 25).page(2)
    links = render_to_string("components/pager.html", {"page": page}, request=rf.get("/", {"q": "林", "page": "2"}))
    assert 'href="?q=%E6%9E%97&amp;page=1"' in links
    assert 'href="?q=%E6%9E%97&amp;page=3"' in links
    assert "第 2 页，共 3 页" in links


def test_business_time_decides_what_today_is():
    clock.move_to(datetime(2025, 3, 9, 9, tzinfo=clock.ZONE))
    assert portal_tags.days_left(date(2025, 3, 10)) == "距截止还有 1 天"


class Sheet(PortalForm):
    paper = forms.FileField(label="佐证", help_text="PDF。")


def test_a_file_is_chosen_by_a_button_of_the_page_s_own_words():
    shown = as_crispy_form(Sheet({}, {}))

    assert re.findall(r"<label[^>]*for=\"id_paper\"[^>]*>\s*([^<]+)", shown) == ["佐证", "选择文件"]
    (place,) = re.findall(r"<input type=\"file\"[^>]*>", shown)
    assert 'aria-describedby="id_paper_helptext id_paper_error"' in place
    assert 'id="id_paper_helptext"' in shown
    assert 'id="id_paper_error"' in shown
    # Bootstrap shows what is wrong only after an element that is marked so, beside it.
    assert re.search(
        r"file-choice is-invalid.*</div>\s*<div id=\"id_paper_error\" class=\"invalid-feedback\"", shown, re.DOTALL
    )

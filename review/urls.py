"""Addresses of review: the office's pool and meetings, the expert's seats and agenda."""

from django.urls import path

from review.views import ballots, console, draws, expert, meetings, pool, reading

app_name = "review"

urlpatterns = [
    path("review/pools/", pool.pool_list, name="pool_list"),
    path("review/pools/<uuid:committee>/", pool.pool_detail, name="pool_detail"),
    path("review/pools/<uuid:committee>/enrol/", pool.pool_enrol, name="pool_enrol"),
    path("review/pool-members/<uuid:member>/end/", pool.pool_member_end, name="pool_member_end"),
    path("review/meetings/", meetings.meeting_list, name="meeting_list"),
    path("review/rounds/<uuid:round_id>/meeting/", meetings.meeting_plan, name="meeting_plan"),
    path("review/meetings/<uuid:meeting>/", meetings.meeting_detail, name="meeting_detail"),
    path("review/meetings/<uuid:meeting>/postpone/", meetings.meeting_postpone, name="meeting_postpone"),
    path("review/meetings/<uuid:meeting>/draw/", draws.meeting_draw, name="meeting_draw"),
    path("review/meetings/<uuid:meeting>/supplement/", draws.meeting_supplement, name="meeting_supplement"),
    path("review/meetings/<uuid:meeting>/transcript/", draws.draw_transcript, name="draw_transcript"),
    path("review/meetings/<uuid:meeting>/transcript.json", draws.draw_transcript_file, name="draw_transcript_file"),
    path("review/meetings/<uuid:meeting>/open/", console.meeting_open, name="meeting_open"),
    path("review/meetings/<uuid:meeting>/attendance/", console.attendance_mark, name="attendance_mark"),
    path("review/meetings/<uuid:meeting>/close/", console.meeting_close, name="meeting_close"),
    path("review/meetings/<uuid:meeting>/publish/", console.result_publish, name="result_publish"),
    path("review/meetings/<uuid:meeting>/confirm/", console.result_confirm, name="result_confirm"),
    path("review/entries/<uuid:entry>/ballot/open/", ballots.ballot_open, name="ballot_open"),
    path("review/entries/<uuid:entry>/ballot/close/", ballots.ballot_close, name="ballot_close"),
    path("review/entries/<uuid:entry>/ballot/repeat/", ballots.ballot_repeat, name="ballot_repeat"),
    path("review/entries/<uuid:entry>/order-recusal/", ballots.recusal_order, name="recusal_order"),
    path("review/entries/<uuid:entry>/vote/", ballots.ballot_cast, name="ballot_cast"),
    path("review/seats/", expert.seat_list, name="seat_list"),
    path("review/seats/<uuid:seat>/", expert.seat_detail, name="seat_detail"),
    path("review/seats/<uuid:seat>/answer/", expert.seat_answer, name="seat_answer"),
    path("review/seats/<uuid:seat>/commit/", expert.seat_commit, name="seat_commit"),
    path("review/entries/<uuid:entry>/", reading.entry_read, name="entry_read"),
    path("review/entries/<uuid:entry>/recuse/", reading.entry_recuse, name="entry_recuse"),
    path("review/entries/<uuid:entry>/evidence/<uuid:evidence>/", reading.evidence_read, name="evidence_read"),
    path(
        "review/entries/<uuid:entry>/evidence/<uuid:evidence>/preview/",
        reading.evidence_preview,
        name="evidence_preview",
    ),
    path(
        "review/entries/<uuid:entry>/evidence/<uuid:evidence>/pages/<int:number>/",
        reading.evidence_page,
        name="evidence_page",
    ),
]

"""Pools, meetings, seats and ballots. Applicants, employers and supervising bodies see nothing of it.

seated: the panel is drawn, 钱专家 has accepted and signed the commitment. certified: the meeting is over, and what an
expert could read is closed again.
"""

TABLE = """
# route                        kind  door     at         things                        mine                     other
  review:pool_list             read  people   seated     -                             sun zheng feng chen / *
  review:pool_detail           read  people   seated     committee                     sun feng chen            zheng feng chen
  review:pool_enrol            form  offices  seated     committee                     sun                      zheng
  review:pool_member_end       form  offices  seated     member                        sun                      zheng
  review:meeting_list          read  people   seated     -                             sun zheng feng chen / *
  review:meeting_plan          form  offices  arrived    round                         sun / zheng              zheng / sun      - / *
  review:meeting_detail        read  people   seated     meeting                       sun feng chen            zheng feng chen
  review:meeting_detail        read  people   certified  meeting                       sun feng chen            zheng feng chen
  review:meeting_postpone      form  offices  seated     meeting                       sun                      zheng
  review:meeting_draw          form  offices  seated     meeting                       sun                      zheng
  review:meeting_supplement    form  offices  seated     meeting                       sun                      zheng
  review:draw_transcript       read  people   seated     meeting                       sun feng chen            zheng feng chen
  review:draw_transcript       read  people   certified  meeting                       sun feng chen            zheng feng chen
  review:draw_transcript_file  read  people   certified  meeting                       sun feng chen            zheng feng chen
  review:meeting_open          form  offices  seated     meeting                       sun                      zheng
  review:attendance_mark       form  offices  seated     meeting                       sun                      zheng
  review:meeting_close         form  offices  seated     meeting                       sun                      zheng
  review:result_publish        form  offices  seated     meeting                       sun                      zheng
  review:result_confirm        form  offices  public     meeting                       sun                      zheng
  review:ballot_open           form  offices  seated     agenda_entry                  sun                      zheng
  review:ballot_close          form  offices  seated     agenda_entry                  sun                      zheng
  review:ballot_repeat         form  offices  seated     agenda_entry                  sun                      zheng
  review:recusal_order         form  offices  seated     agenda_entry                  sun                      zheng

# The expert's own: a seat is the right, and it ends with the meeting.
  review:seat_list             read  people   seated     -                             *
  review:seat_detail           read  people   seated     seat                          qian                     -
  review:seat_detail           read  people   certified  seat                          qian                     -
  review:seat_answer           form  people   seated     seat                          qian                     -
  review:seat_commit           form  people   seated     seat                          qian                     -
  review:entry_read            form  people   seated     agenda_entry                  qian                     -
  review:entry_read            form  people   certified  agenda_entry                  -                        -
  review:entry_recuse          form  people   seated     agenda_entry                  qian                     -
  review:evidence_read         read  people   seated     agenda_entry agenda_evidence  qian                     -
  review:evidence_read         read  people   certified  agenda_entry agenda_evidence  -                        -
  review:evidence_preview      read  people   seated     agenda_entry agenda_evidence  qian                     -
  review:evidence_preview      read  people   certified  agenda_entry agenda_evidence  -                        -
  review:evidence_page         read  people   seated     agenda_entry agenda_evidence =1  qian                  -
  review:evidence_page         read  people   certified  agenda_entry agenda_evidence =1  -                     -
  review:ballot_cast           form  people   seated     agenda_entry                  qian                     -
  review:ballot_cast           form  people   certified  agenda_entry                  -                        -
"""

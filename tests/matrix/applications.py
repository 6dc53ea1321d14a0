"""Filing, approval and notices. What is right depends on where the application stands, so routes are asked more often.

draft: 林申报 fills in, nobody else sees it. filed: submitted, the employer's turn. posted: the employer's notice runs,
an objection stands. forwarded: the supervising body's turn. arrived: the office's turn. public: the result notice runs,
an objection stands. certified: over.
"""

FILING = """
# route                              kind  door    at         things                            mine                         other               far
  applications:self_check            form  all     draft      -                                 *
  applications:round_list            read  all     draft      -                                 *
  applications:application_start     form  people  draft      round                             *                            *                   *
  applications:application_list      read  people  draft      -                                 *
  applications:application_detail    read  people  draft      application                       lin                          -
  applications:application_detail    read  people  filed      application                       lin wang feng chen           wu feng chen
  applications:application_detail    read  people  forwarded  application                       lin wang zhao feng chen      wu feng chen
  applications:application_detail    read  people  arrived    application                       lin wang zhao sun feng chen  wu zheng feng chen
  applications:application_detail    read  people  certified  application                       lin wang zhao sun feng chen  wu zheng feng chen
  applications:application_compare   read  people  draft      application                       lin                          -
  applications:application_compare   read  people  filed      application                       lin wang feng chen           wu feng chen
  applications:application_compare   read  people  forwarded  application                       lin wang zhao feng chen      wu feng chen
  applications:application_compare   read  people  arrived    application                       lin wang zhao sun feng chen  wu zheng feng chen
  applications:application_compare   read  people  certified  application                       lin wang zhao sun feng chen  wu zheng feng chen
  applications:application_change    form  people  draft      application                       lin                          -
  applications:application_change    form  people  filed      application                       - / lin wang feng chen       - / wu feng chen
  applications:application_withdraw  form  people  draft      application                       lin                          -
  applications:application_withdraw  form  people  filed      application                       lin / wang feng chen         - / wu feng chen
  applications:precheck              read  people  draft      application                       lin                          -
  applications:precheck              read  people  filed      application                       lin / wang feng chen         - / wu feng chen
  applications:application_check     read  people  draft      application                       lin                          -
  applications:application_check     read  people  filed      application                       - / lin wang feng chen       - / wu feng chen
  applications:application_submit    form  people  draft      application                       lin                          -
  applications:application_submit    form  people  filed      application                       lin / wang feng chen         - / wu feng chen
  applications:application_sign      act   people  draft      application                       lin                          -
  applications:application_sign      act   people  filed      application                       - / lin wang feng chen       - / wu feng chen
  applications:sign_invite           form  people  draft      application                       lin                          -
  applications:sign_invite           form  people  filed      application                       - / lin wang feng chen       - / wu feng chen
  applications:sign_state            read  people  draft      application                       lin                          -
  applications:sign_state            read  people  filed      application                       lin / wang feng chen         - / wu feng chen
  applications:phone_sign            form  all     draft      signing                           *                            *                   *
  applications:correction_answer     act   people  draft      application =1                    lin                          -
  applications:section_detail        form  people  draft      application =basics ?kind=basics  lin                          -
  applications:section_detail        form  people  filed      application =basics ?kind=basics  - / lin wang feng chen       - / wu feng chen
  applications:section_nothing       form  people  draft      application =awards               lin                          -
  applications:item_add              form  people  draft      application =titles =title        lin                          -
  applications:item_add              form  people  filed      application =titles =title        - / lin wang feng chen       - / wu feng chen
  applications:item_change           form  people  draft      application item                  lin                          -
  applications:item_change           form  people  filed      application item                  - / lin wang feng chen       - / wu feng chen
  applications:item_remove           form  people  draft      application item                  lin                          -
  applications:item_choose           act   people  draft      application item                  lin                          -
  applications:evidence_add          form  people  draft      application item                  lin                          -
  applications:evidence_add          form  people  filed      application item                  - / lin wang feng chen       - / wu feng chen
  applications:evidence_change       form  people  draft      application evidence              lin                          -
  applications:evidence_join         form  people  draft      application item                  lin                          -
  applications:evidence_remove       form  people  draft      application evidence              lin                          -
  applications:archive               read  people  draft      -                                 *
  applications:archive_check         read  people  draft      -                                 *
  applications:portrait              form  people  draft      -                                 *
  applications:record_fetch          form  people  draft      application =education            lin                          -
  applications:record_fetch          form  people  filed      application =education            - / lin wang feng chen       - / wu feng chen
  applications:archive_fetch_all     form  people  draft      -                                 *
  applications:archive_record_fetch  form  people  draft      =education                        *                            *                   *
  applications:archive_import        form  people  draft      -                                 *
  applications:archive_import_template  read  people  draft      -                                 *
  applications:archive_import_confirm   act   people  draft      -                                 *
  applications:archive_import_unsound   act   people  draft      -                                 *
  applications:archive_section_detail   form  people  draft      =basics ?kind=basics              *                            *                   *
  applications:archive_item_add      form  people  draft      =titles =title                    *                            *                   *
  applications:archive_item_change   form  people  draft      item                              lin                          -
  applications:archive_item_remove   form  people  draft      item                              lin                          -
  applications:archive_evidence_add  form  people  draft      item                              lin                          -
  applications:archive_evidence_change  form  people  draft      evidence                          lin                          -
  applications:archive_evidence_join  form  people  draft      item                              lin                          -
  applications:archive_evidence_remove  form  people  draft      evidence                          lin                          -
  applications:evidence_file         read  people  draft      evidence                          lin                          -
  applications:evidence_file         read  people  filed      evidence                          lin wang feng chen           wu feng chen
  applications:evidence_file         read  people  arrived    evidence                          lin wang zhao sun feng chen  wu zheng feng chen
  applications:evidence_thumbnail    read  people  draft      evidence                          lin                          -
  applications:evidence_thumbnail    read  people  filed      evidence                          lin                          -
  applications:evidence_preview      read  people  draft      evidence                          lin                          -
  applications:evidence_preview      read  people  filed      evidence                          lin wang feng chen           wu feng chen
  applications:evidence_preview      read  people  arrived    evidence                          lin wang zhao sun feng chen  wu zheng feng chen
  applications:evidence_page         read  people  draft      evidence =1                       lin                          -
  applications:evidence_page         read  people  filed      evidence =1                       lin wang feng chen           wu feng chen
  applications:evidence_page         read  people  arrived    evidence =1                       lin wang zhao sun feng chen  wu zheng feng chen
"""

APPROVAL = """
# route                            kind  door       at         things            mine                             other                   far
  applications:employer_list       read  employers  filed      -                 *
  applications:supervisor_list     read  bodies     forwarded  -                 *
  applications:office_list         read  offices    arrived    -                 *
  applications:watch_list          read  watch      filed      -                 *
  applications:dossier_detail      read  people     draft      application       -                                -
  applications:dossier_detail      read  people     filed      application       wang feng chen / lin             wu feng chen
  applications:dossier_detail      read  people     arrived    application       wang zhao sun feng chen / lin    wu zheng feng chen
  applications:findings_paper      read  people     filed      application       wang feng chen / lin             wu feng chen
  applications:findings_paper      read  people     arrived    application       wang zhao sun feng chen / lin    wu zheng feng chen
  applications:finding_override    form  people     filed      application       - / lin wang feng chen           - / wu feng chen
  applications:finding_override    form  people     arrived    application       sun / lin wang zhao feng chen    zheng / wu feng chen
  applications:finding_override    form  people     certified  application       - / lin wang zhao sun feng chen  - / wu zheng feng chen
  applications:override_withdraw   form  people     arrived    application override  sun / lin wang zhao feng chen  zheng / wu feng chen
  applications:identity_reveal     form  people     filed      application       feng / lin wang chen             feng / wu chen
  applications:identity_reveal     form  people     arrived    application       sun feng / lin wang zhao chen    zheng feng / wu chen
  applications:step_verify         read  people     filed      application       wang / lin feng chen             wu / feng chen
  applications:step_verify         read  people     forwarded  application       zhao / lin wang feng chen        - / wu feng chen
  applications:step_verify         read  people     certified  application       - / lin wang zhao sun feng chen  - / wu zheng feng chen
  applications:item_verify         act   people     filed      application item  wang / lin feng chen             wu / feng chen
  applications:item_verify         act   people     arrived    application item  sun / lin wang zhao feng chen    zheng / wu feng chen
  applications:clause_attest       act   people     filed      application       wang / lin feng chen             wu / feng chen
  applications:application_assess  act   people     filed      application       wang / lin feng chen             wu / feng chen
  applications:step_decide         form  people     filed      application       wang / lin feng chen             wu / feng chen
  applications:return_widen        form  people     filed      application       - / lin wang feng chen           - / wu feng chen
  applications:step_decide         form  people     forwarded  application       zhao / lin wang feng chen        - / wu feng chen
  applications:step_decide         form  people     arrived    application       sun / lin wang zhao feng chen    zheng / wu feng chen
  applications:step_decide         form  people     certified  application       - / lin wang zhao sun feng chen  - / wu zheng feng chen
  applications:consent_decide      form  people     filed      application       - / lin wang feng chen           - / wu feng chen
  applications:consent_decide      form  people     forwarded  application       zhao / lin wang feng chen        - / wu feng chen
  applications:consent_decide      form  people     arrived    application       - / lin wang zhao sun feng chen  - / wu zheng feng chen
  applications:application_cancel  form  people     filed      application       feng / lin wang chen             feng / wu chen
  applications:application_cancel  form  people     certified  application       feng / lin wang zhao sun chen    feng / wu zheng chen
"""

NOTICES = """
# route                             kind  door       at      things               mine                                  other              far
  applications:notice_list          read  all        public  -                    *
  applications:notice_detail        read  all        posted  notice               lin wang feng chen                    wu feng chen
  applications:notice_detail        read  all        public  notice               *                                     *                  *
  applications:notice_manage_list   read  people     posted  -                    wang zhao sun wu zheng feng chen / *
  applications:employer_notice_add  form  employers  filed   -                    *
  applications:notice_manage        read  people     posted  notice               wang / lin feng chen                  wu / feng chen
  applications:notice_manage        read  people     public  notice               sun / *                               zheng / *          - / *
  applications:photograph_add       act   people     posted  notice               wang / lin feng chen                  wu / feng chen
  applications:photograph_file      read  people     posted  photograph           wang feng chen                        wu feng chen
  applications:notice_close         form  people     posted  notice               wang / lin feng chen                  wu / feng chen
  applications:notice_close         form  people     public  notice               sun / *                               zheng / *          - / *
  applications:notice_withdraw      form  people     posted  notice               wang / lin feng chen                  wu / feng chen
  applications:notice_withdraw      form  people     public  notice               sun / *                               zheng / *          - / *
  applications:objection_add        form  all        posted  notice notice_entry  lin wang feng chen                    wu feng chen
  applications:objection_add        form  all        public  notice notice_entry  *                                     *                  *
  applications:objection_settle     form  people     posted  objection            wang / feng chen                      wu / feng chen
  applications:objection_settle     form  people     public  objection            sun / feng chen                       zheng / feng chen
"""

ROUNDS = """
# route                           kind  door     at     things  mine                     other        far
  applications:round_manage_list  read  people   filed  -       sun zheng feng chen / *
  applications:round_add          form  offices  filed  -       *
  applications:round_change       form  offices  filed  round   sun / zheng              zheng / sun  - / *
  applications:round_close        form  offices  filed  round   sun / zheng              zheng / sun  - / *
"""

PAGES = """
# route                            kind  door     at       things       mine           other          far
  applications:round_detail        read  all      draft    round        *              *              *
  applications:round_paper_file    read  all      filed    paper        *              *              *
  applications:round_terms         form  offices  filed    round        sun / zheng    zheng / sun    - / *
  applications:round_content       form  offices  filed    round        sun / zheng    zheng / sun    - / *
  applications:round_paper_add     form  offices  filed    round        sun / zheng    zheng / sun    - / *
  applications:round_paper_remove  form  offices  filed    paper        sun / zheng    zheng / sun    - / *
  applications:fee_list            read  offices  filed    round        sun / zheng    zheng / sun    - / *
  applications:fee_mark            form  offices  arrived  application  sun            zheng
"""

BANS = """
# route                  kind  door            at     things  mine                   other                  far
  applications:ban_list  read  offices+filing  filed  -       *
  applications:ban_add   form  offices+filing  filed  -       *
  applications:ban_lift  form  offices+filing  filed  ban     sun feng / zheng       zheng feng / sun       -
"""

TABLE = FILING + APPROVAL + NOTICES + ROUNDS + PAGES + BANS

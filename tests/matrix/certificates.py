"""Release, papers, and the public check. `filing` at the door is the title office, which alone revokes."""

TABLE = """
# route                             kind  door       at         things       mine                    other               far
  certificates:verify               read  all        certified  -            *
  certificates:verify_token         read  all        certified  token        *                       *                   *
  certificates:verify_file          act   all        certified  -            *
  certificates:certificate_list     read  people     certified  -            *
  certificates:certificate_detail   read  people     certified  certificate  lin wang sun feng chen  wu zheng feng chen
  certificates:document_download    read  people     certified  document     lin wang sun feng chen  wu zheng feng chen
  certificates:register_list        read  watch      certified  -            *
  certificates:certificate_revoke   form  filing     certified  certificate  feng                    feng
  certificates:certificate_reissue  form  offices    certified  certificate  sun                     zheng
  certificates:document_retry       act   offices    certified  document     sun                     zheng
  certificates:archiving_list       read  employers  certified  -            *
  certificates:archiving_record     form  employers  certified  certificate  wang                    wu
  certificates:release_list         read  offices    certified  -            *
  certificates:release_detail       read  offices    certified  round        sun / zheng             zheng / sun         - / *
  certificates:release_perform      act   offices    certified  round        sun / zheng             zheng / sun         - / *
"""

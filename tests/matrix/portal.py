"""The portal's own pages: everybody's, what belongs to one person alone, and the mail of an office."""

TABLE = """
# route                    kind  door       at         things    mine  other
  portal:home              read  all        certified  -         *
  portal:privacy           read  all        certified  -         *
  portal:health            read  all        certified  -         *
  portal:privacy_consent   act   people     certified  -         *
  portal:profile           form  people     certified  -         *
  portal:identity          form  people     certified  -         *
  portal:own_data          form  people  certified  -         *
  portal:own_data_file     read  people  certified  own_data  lin   -
  portal:session_stay      act   people     certified  -         *
  portal:session_state     read  people     certified  -         *
  portal:person_add        form  employers  certified  -         *
  portal:enterprise_add    form  bodies     certified  -         *
  portal:message_list      read  people     certified  -         *
  portal:message_read_all  act   people     certified  -         *
  portal:message_detail    read  people     certified  message   lin   -
  portal:delivery_list     read  offices    certified  -         *
  portal:delivery_detail   read  offices    certified  delivery  sun   zheng
  portal:delivery_hold     form  offices    certified  delivery  sun   zheng
  portal:delivery_release  form  offices    certified  delivery  sun   zheng
  portal:delivery_resend   form  offices    certified  delivery  sun   zheng
"""

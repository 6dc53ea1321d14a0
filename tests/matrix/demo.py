"""The bar of the demonstration, which is everybody's: it plays the whole house, before any log-in and after each.

Columns as in declare.py. A route may have several rows, one for each thing that a post may send.
"""

TABLE = """
# route            kind  door  at    things                 mine
  demo_jump        act   all   demo  ?key=next-day          *
  demo_jump        act   all   demo  ?key=made-up           *
  demo_act         act   all   demo  ?key=made-up           *
  demo_persona     act   all   demo  ?username=wang         *
  demo_persona     act   all   demo  ?username=stranger     -
  demo_persona     act   all   demo  ?username=made-up      -
  demo_components  read  all   demo  -                      *
"""

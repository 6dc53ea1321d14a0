"""The public self-check: questions in steps, a state that travels in the form, and the rules' answer. Nothing is kept.

`state` is what travels, `questions` what is asked, `judged` what of it a policy judges by, `step_forms` a step on a
page, `answer` the result.
"""

"""A training year planned: who goes on which course when, no team ever below its minimum.

`reading` brings a case in, `patterns` says what a course costs a team, `greedy` makes a first plan in
seconds, `searching` betters it for as long as it is given, `bound` proves how many places can be had at all,
`reasons` says of everybody left out why, and `checking` judges the plan without trusting any of them.
"""

"""Plans that can be proved: a frozen problem in, a frozen plan out, a reason for whatever is left.

Plain Python: nothing here knows of Django, of a database or of the office. Every planner can be stopped, says
how far it is, gives the same plan for the same problem, seed and rounds, and runs on any
`concurrent.futures.Executor`. What checks a plan shares no code with what makes it.
"""

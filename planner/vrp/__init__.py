"""Routes with windows, loads, pairs and longest rides: public benchmarks read, solved and judged.

`reading` brings four published formats to one `problem`, `planning` solves it by ruin and recreate, and
`checking` judges the plan from the published file alone. It measures our search against what others have
published; the office's own journeys are planned elsewhere, with what they need beyond it.
"""

"""Webhooks: administrators alone say who is told what happens."""

from tests.access.table import area

PAGES = area(
    "webhook",
    """
route              method seats there
webhooks           GET    A     200
add_webhook        GET    A     200
add_webhook        POST   A     422
allow_webhook_host GET    A     200
allow_webhook_host POST   A     302
end_webhook_host   POST   A     302
webhook_endpoint   GET    A     200
change_webhook_secret POST A    200
pause_webhook      GET    A     200
pause_webhook      POST   A     302
resume_webhook     POST   A     302
test_webhook       POST   A     302
end_webhook        GET    A     200
end_webhook        POST   A     302
tell_webhook_again POST   A     302
""",
)

AREAS = (PAGES,)

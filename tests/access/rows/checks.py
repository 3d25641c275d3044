"""Checks, references and offers. A department’s check is there for those who work in it, and for nobody
else: neither who recruits nor whoever sees the whole office. Who runs a campaign asks for references, reads
them and makes offers; who keeps staff records enters those who start.

home     of the home team        other   of one elsewhere
linked   by the address that was written to the applicant, or to the referee
"""

from tests.access.table import area

PAGES = area(
    "pages of checks",
    """
route       method seats  any
checks      GET    CVLMHU 200
late_checks GET    CVLMHU 200
""",
)

CHECK = area(
    "department’s check",
    """
route                method seats home other
check                GET    CVLM  200  404
check                GET    HU    404  404
check_step           GET    CVLM  200  404
check_step           POST   CVLM  302  404
take_back_check_step POST   CVLM  302  404
""",
)

APPLICATION = area(
    "application in checks",
    """
route                       method seats home other
campaign_checks             GET    CVLM  200  404
campaign_checks             GET    HU    200  200
application_check           GET    CVLM  200  404
application_check           POST   CVLM  302  404
take_back_application_check POST   CVLM  302  404
add_referee                 GET    CVLM  200  404
add_referee                 POST   CVLM  302  404
remove_referee              POST   CVLM  302  404
restore_referee             POST   CVLM  302  404
open_reference              POST   CVLM  200  404
make_offer                  GET    CVLM  200  404
make_offer                  POST   CVLM  302  404
take_back_offer             GET    CVLM  200  404
take_back_offer             POST   CVLM  302  404
enter_among_staff           GET    H     200  200
enter_among_staff           POST   H     302  302
take_back_start             POST   H     302  302
make_contract               GET    CVLM  200  404
make_contract               POST   CVLM  302  404
contract_file               GET    CVLM  200  404
contract_file               GET    HU    200  200
take_back_contract          POST   CVLM  302  404
""",
)

MINE = area(
    "followed application in checks",
    """
route             method seats linked
name_my_referee   GET    *     200
name_my_referee   POST   *     302
remove_my_referee POST   *     302
answer_offer      GET    *     200
answer_offer      POST   *     302
""",
)

REFEREE = area(
    "referee’s link",
    """
route            method seats linked
reference_form   GET    *     200
reference_form   POST   *     302
refuse_reference POST   *     302
""",
)

CONTRACTS = area(
    "contract in Word",
    """
route                     method seats any
contract_templates        GET    A     200
add_contract_template     GET    A     200
add_contract_template     POST   A     302
contract_template_file    GET    A     200
retire_contract_template  POST   A     302
restore_contract_template POST   A     302
""",
)

AREAS = (PAGES, CONTRACTS, CHECK, APPLICATION, MINE, REFEREE)

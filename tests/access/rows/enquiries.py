"""What comes in: contacts, imports, and messages that could not be read."""

from tests.access.table import area

PAGES = area(
    "pages of enquiries",
    """
route          method seats  any
contact_list   GET    CVLM   200
log_contact    GET    CVLM   200
log_contact    POST   CVLM   302
import_mail    GET    C      200
import_mail    POST   C      302
quarantine     GET    CMA    200
mailbox_list   GET    A      200
add_mailbox    GET    A      200
add_mailbox    POST   A      302
""",
)

# The mailboxes of a team are its own; whoever holds a role in the whole office sees all.
BOXES = area(
    "mailbox",
    """
route             method seats  own other
import_progress   GET    C      200 404
quarantined       GET    CM     200 404
quarantined       GET    A      200 200
quarantined_bytes GET    CM     200 404
quarantined_bytes GET    A      200 200
retry             POST   CM     302 404
retry             POST   A      302 302
settle            POST   CM     302 404
settle            POST   A      302 302
""",
)

# How mail comes in is set up by administrators, for the whole office.
CONNECTIONS = area(
    "connection of a mailbox",
    """
route                 method seats own other
mailbox_page          GET    A     200 200
edit_mailbox          GET    A     200 200
edit_mailbox          POST   A     302 302
connect_mailbox       GET    A     200 200
connect_mailbox       POST   A     302 302
mailbox_trial         POST   A     200 200
mailbox_fetching      POST   A     302 302
mailbox_pause         POST   A     302 302
mailbox_disconnection POST   A     302 302
""",
)

AREAS = (PAGES, BOXES, CONNECTIONS)

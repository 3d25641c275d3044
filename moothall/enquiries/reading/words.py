"""Every sentence the reading of a mail can end in, in English, ready to be translated where it is shown."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; this package knows no Django, so the page translates it."""
    return sentence


# Why a mail cannot be read at all: (key kept on the quarantined mail, sentence).
EMPTY = ("empty", gettext_noop("The message has no content at all."))
NOT_MAIL = ("not_mail", gettext_noop("This is not an email message: it has none of the usual headers."))

# What could not be read in a mail that could otherwise be read.
TOO_BIG = gettext_noop("The message is over the size limit. Only its beginning was read; all of it is kept.")
TOO_DEEP = gettext_noop("The message has parts nested unusually deep.")
TOO_MANY_PARTS = gettext_noop("The message has too many parts. The rest is kept in the original only.")
HEADERS_CUT = gettext_noop("The headers are unusually long. Only their beginning was read.")
TEXT_CUT = gettext_noop(
    "The text is unusually long. Its beginning is shown; all of it is attached as a file."
)
HTML_CUT = gettext_noop("The formatted text is unusually long. Only its beginning is shown.")
HTML_DEEP = gettext_noop("The formatted text is nested unusually deep and was simplified.")
CHARSET_WRONG = gettext_noop("The letters were not in the declared character set. They were read as another.")
CHARSET_UNKNOWN = gettext_noop("The character set is not known. It was worked out from the text.")
LETTERS_LOST = gettext_noop("Some letters could not be read.")
NULS = gettext_noop("The message held empty (NUL) characters, which were left out.")
DATE_ABSURD = gettext_noop("The date in the message is impossible and was not used.")
ENCRYPTED = gettext_noop("The message is encrypted and cannot be opened here.")
SEALED = gettext_noop("The message is wrapped in a signature (smime.p7m) and cannot be opened here.")
ENCODING_BROKEN = gettext_noop("A part of the message was damaged on the way and may be incomplete.")
OUTLOOK_BROKEN = gettext_noop("The Outlook file winmail.dat could not be fully opened.")
OUTLOOK_RTF = gettext_noop("The formatted text inside winmail.dat is in a form that cannot be shown here.")
FORWARDS_CUT = gettext_noop("Forwarded messages inside forwarded messages were not opened further.")
TYPE_DIFFERS = gettext_noop("An attachment is not the kind of file it claims to be.")
RECIPIENTS_CUT = gettext_noop("The message has very many recipients. Only the first are listed.")

# Why no automatic answer may be sent.
NO_SENDER = gettext_noop("The message has no sender's address.")
FROM_US = gettext_noop("The message came from one of our own addresses.")
IS_BOUNCE = gettext_noop("The message says that a mail of ours could not be delivered.")
IS_REPORT = gettext_noop("The message is a delivery or reading report.")
IS_AUTOMATIC = gettext_noop("The message was sent automatically.")
ASKS_NO_REPLY = gettext_noop("The message asks for no automatic answers.")
IS_LIST = gettext_noop("The message came through a mailing list.")
IS_BULK = gettext_noop("The message was sent to many people at once.")
NO_RETURN = gettext_noop("The message has an empty return address.")
NO_REPLY_SENDER = gettext_noop("The sender's address does not take replies.")
LOOPED = gettext_noop("The message carries a mark against mail loops.")

# Why a file or folder to be imported cannot be read.
NO_SUCH_SOURCE = gettext_noop("There is no such file or folder.")
NOT_A_SOURCE = gettext_noop(
    "This is neither a mailbox file (.mbox), a message (.eml), nor a folder of those."
)
EMPTY_SOURCE = gettext_noop("There are no messages in this folder.")
NOT_MBOX = gettext_noop("This is not a mailbox file: its first line does not begin with “From ”.")
OUTLOOK_FILE = gettext_noop("Outlook files (.msg, .pst) cannot be read. Save the mails as .eml files first.")
CANNOT_OPEN = gettext_noop("The file or folder cannot be opened.")

"""What can be wrong with a mail server, said in words to whoever looks after the mailbox."""

import datetime as dt
import imaplib
import smtplib
import socket
import ssl

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from imapclient.exceptions import IMAPClientError, LoginError, ProtocolError

from moothall.core.refusals import Refusal

AWAY, TURNED_AWAY, WRONG = "away", "turned away", "wrong"
ABORTED = (imaplib.IMAP4.abort, OSError)
SAID_NO = (IMAPClientError, ProtocolError, imaplib.IMAP4.error)


class MailboxFault(Refusal):
    """The mailbox could not be used. `kind` says whether waiting may help."""

    next_step = gettext_lazy("It is tried again by itself.")
    kind = AWAY


class SignInRefused(MailboxFault):
    next_step = gettext_lazy("Check the user name and the password or token, then try it.")
    kind = TURNED_AWAY


class SetUpWrong(MailboxFault):
    next_step = gettext_lazy("Change the settings of this mailbox, then try it.")
    kind = WRONG


def fault_of(problem: Exception, *, host: str, port: int) -> MailboxFault:
    """A fault of the network, the encryption or the server, in words."""
    where = {"host": host, "port": port, "words": words_of(problem)}
    if isinstance(problem, MailboxFault):
        return problem
    if isinstance(problem, LoginError | smtplib.SMTPAuthenticationError):
        return SignInRefused(_("%(host)s refused the sign-in: %(words)s") % where)
    if isinstance(problem, socket.gaierror):
        return SetUpWrong(_("No server called %(host)s can be found.") % where)
    if isinstance(problem, ssl.SSLCertVerificationError):
        return SetUpWrong(_("The certificate of %(host)s cannot be trusted: %(words)s") % where)
    if isinstance(problem, ssl.SSLError):
        return SetUpWrong(_("%(host)s does not speak the chosen encryption on port %(port)s.") % where)
    if isinstance(problem, ConnectionRefusedError):
        return MailboxFault(_("%(host)s does not listen on port %(port)s.") % where)
    if isinstance(problem, TimeoutError):
        return MailboxFault(_("%(host)s did not answer in time.") % where)
    if isinstance(problem, imaplib.IMAP4.abort | OSError):
        return MailboxFault(_("The connection to %(host)s was lost: %(words)s") % where)
    return MailboxFault(_("%(host)s did not do what was asked: %(words)s") % where)


def words_of(problem: Exception) -> str:
    """The server's own words on one line, for whoever has to telephone its keepers."""
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return " ".join(f"{problem.smtp_code} {text}".split())[:300]
    if isinstance(problem, ssl.SSLCertVerificationError):
        return problem.verify_message
    given = problem.args[0] if problem.args else ""
    text = given.decode("utf-8", "replace") if isinstance(given, bytes) else str(problem)
    return " ".join(text.replace("\0", " ").split())[:300] or type(problem).__name__


def wait_after(failures: int, kind: str) -> dt.timedelta:
    """One minute after the first failure, then twice as long: a quarter of an hour at most while a server is
    away, and an hour when it says no, so that nobody's account is locked by our asking."""
    longest = 15 if kind == AWAY else 60
    return dt.timedelta(minutes=min(2 ** min(max(failures - 1, 0), 10), longest))

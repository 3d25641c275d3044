"""Why a file is not kept, said to the person who brought it."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class DocumentRefused(Refusal):
    """Any reason why a file is not kept."""


class TooLarge(DocumentRefused):
    sentence = _("The file is larger than this office keeps.")
    next_step = _("Make it smaller, or split it into several files.")


class Empty(DocumentRefused):
    sentence = _("The file is empty.")
    next_step = _("Check that it opens on your computer, then choose it again.")


class CouldRun(DocumentRefused):
    sentence = _("The file is a program, or holds one, and could do harm when opened.")
    next_step = _("Ask the sender for a document instead, such as a PDF.")


class WrongKind(DocumentRefused):
    sentence = _("The file is not what its name says.")
    next_step = _("Open it, save it again in the right format, and send that copy.")


class CannotLookInside(DocumentRefused):
    sentence = _("The file is an archive that Moothall cannot look into.")
    next_step = _("Send the files themselves, or put them into a zip file.")


class UnpacksTooLarge(DocumentRefused):
    sentence = _("The file would become far too large when opened.")
    next_step = _("Send the files it holds one by one.")


class Damaged(DocumentRefused):
    sentence = _("The file is damaged and cannot be read.")
    next_step = _("Ask for it to be sent again.")


class TooManyPixels(DocumentRefused):
    sentence = _("The picture is too large to be shown safely.")
    next_step = _("Save it at a smaller size and send that copy.")


class Infected(DocumentRefused):
    sentence = _("The virus scanner found something harmful in the file, so it was not kept.")
    next_step = _("Do not open your own copy. Tell your IT support and the sender.")


class NotScanned(DocumentRefused):
    sentence = _("The virus scanner could not check the file, so it was not kept.")
    next_step = _("Send a smaller copy, or ask your IT support to check it.")


class ScannerDown(DocumentRefused):
    """The only one of these that passes by itself: the same file may be kept later."""

    sentence = _("The virus scanner is not answering, so no file can be kept just now.")
    next_step = _("Try again in a few minutes. If it goes on, tell your IT support.")


class DocumentMissing(Refusal):
    sentence = _("The file is recorded, but its content is not where it should be.")
    next_step = _("Tell your administrator: it has to be restored from a backup.")

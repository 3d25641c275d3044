from .care import Contact, Interview, TriggerHit
from .certificate import Certificate
from .episode import Episode, EpisodeChange
from .setting import ContactStage, Figure, Figures, Issuer, Question, Reason, TriggerRule

__all__ = [
    "Certificate",
    "Contact",
    "ContactStage",
    "Episode",
    "EpisodeChange",
    "Figure",
    "Figures",
    "Interview",
    "Issuer",
    "Question",
    "Reason",
    "TriggerHit",
    "TriggerRule",
]

from .care import Contact, Interview, TriggerHit
from .certificate import Certificate
from .episode import Episode, EpisodeChange
from .prompt import Prompt
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
    "Prompt",
    "Question",
    "Reason",
    "TriggerHit",
    "TriggerRule",
]

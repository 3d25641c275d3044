from .certificate import Certificate
from .episode import Episode, EpisodeChange
from .setting import ContactStage, Figure, Figures, Issuer, Question, Reason, TriggerRule

__all__ = [
    "Certificate",
    "ContactStage",
    "Episode",
    "EpisodeChange",
    "Figure",
    "Figures",
    "Issuer",
    "Question",
    "Reason",
    "TriggerRule",
]

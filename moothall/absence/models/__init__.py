from .care import Contact, Interview, TriggerHit
from .certificate import Certificate
from .episode import Episode, EpisodeChange
from .pay import PayBand
from .prompt import Prompt
from .recovery import PhasedPlan, Referral
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
    "PayBand",
    "PhasedPlan",
    "Prompt",
    "Question",
    "Reason",
    "Referral",
    "TriggerHit",
    "TriggerRule",
]

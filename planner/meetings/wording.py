"""What was found, said in English sentences; the office says it in its own languages from the same facts."""

from planner.meetings.problem import Found, Missing, Option

NOTHING_LEFT = {
    "hours": "No day in this time is open long enough.",
    "rooms": "No room that seats everybody is free for so long.",
    "chair": "The chair is never free while a room is.",
    "quorum": "There is never a quorum while the chair and a room are free.",
}


def say(option: Option) -> str:
    """One option: "Thursday 6 May 2027, 10:00, Cedar: 11 of 12. Nia is in court; her deputy Tomos comes." """
    when = f"{option.start:%A} {option.start.day} {option.start:%B %Y, %H:%M}"
    of = f"{when}, {option.place}: {option.required_present} of {option.required}"
    return ". ".join([of, *(say_missing(one) for one in option.missing)]) + "."


def say_missing(one: Missing) -> str:
    why = f"{one.name} cannot come ({one.because})"
    if one.deputy_comes:
        return f"{why}; {one.deputy} comes instead"
    return f"{why}; {one.deputy} cannot either" if one.deputy and one.required else why


def say_none(found: Found) -> str:
    """Why there is no time: the first rule that left nothing."""
    return next((NOTHING_LEFT[rule] for rule, count in found.left if not count), "There is a time.")

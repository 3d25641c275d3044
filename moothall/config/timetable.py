"""Every job that runs by the clock, one plain sentence each.

A job is a task or a plain function, called with `timestamp=` (the second it was due, since 1970).
"""

from dataclasses import dataclass
from importlib import import_module

from procrastinate import App
from procrastinate.tasks import Task


@dataclass(frozen=True)
class Job:
    task: str  # where it is, as module:name
    cron: str  # minute hour day month weekday [second], in UTC
    sentence: str


TIMETABLE: tuple[Job, ...] = (
    Job(
        "moothall.config.queue:retry_stalled_jobs", "* * * * * */15", "A job whose worker died is done again."
    ),
    Job("moothall.letters.tasks:send_letters", "* * * * *", "Letters that are due leave the outbox."),
    Job(
        "moothall.letters.tasks:settle_silent_letters",
        "* * * * *",
        "Letters whose worker died while sending them are put before a person.",
    ),
    Job(
        "moothall.bookings.tasks:tell_of_tomorrow",
        "*/15 8-17 * * *",
        "Whoever comes to an appointment tomorrow is reminded of it, once.",
    ),
    Job(
        "moothall.bookings.tasks:end_holds",
        "*/5 * * * *",
        "Bookings held too long let go of what they held, and whoever waited longest is offered it.",
    ),
    Job(
        "moothall.bookings.tasks:choose_bedrooms",
        "30 4 * * *",
        "Bedrooms are chosen for everybody who is in the house or arrives within a week.",
    ),
    Job(
        "moothall.workload.tasks:count_what_came_in",
        "40 1 * * *",
        "What came in is counted, hour by hour and team by team, for looking ahead.",
    ),
    Job(
        "moothall.transport.tasks:account_for_the_week",
        "15 3 * * *",
        "Every journey of today and the week to come is accounted for, or unresolved with an owner.",
    ),
    Job(
        "moothall.transport.tasks:account_for_today",
        "1 0 * * *",
        "Once the day has changed, jobs whose papers ran out at midnight are unresolved, with an owner.",
    ),
    Job(
        "moothall.transport.tasks:chase_papers",
        "35 6 * * *",
        "Contractors are written to about papers that run out in 42, 28 and 14 days, or have, once each.",
    ),
    Job(
        "moothall.transport.tasks:count_value",
        "50 3 * * *",
        "What transport cost this month and the one before is counted from the journeys that were made.",
    ),
    Job(
        "moothall.transport.tasks:learn_speeds_of_the_week",
        "35 2 * * 0",
        "Travel times are corrected by the legs that crews recorded, for plans asked for from then on.",
    ),
    Job(
        "moothall.transport.tasks:open_reviews",
        "25 3 * * *",
        "Help with travel that is to be looked at again within sixty days gets its case, once.",
    ),
    Job(
        "moothall.recruitment.tasks:forget_unsent_applications",
        "20 1 * * *",
        "Applications that were begun and never sent are thrown away when their time is over.",
    ),
    Job(
        "moothall.recruitment.tasks:tell_applicants_who_wait",
        "40 6 * * *",
        "Applicants who would not hear within ten working days are told where they are and what is next.",
    ),
    Job(
        "moothall.recruitment.tasks:tell_applicants_of_changes",
        "5,35 7-18 * * 1-5",
        "Applicants who have come a stage further, or are not taken further, are told so.",
    ),
    Job(
        "moothall.recruitment.tasks:remind_those_who_give_references",
        "20 7 * * 1-5",
        "Referees who have not answered are reminded, and the second time their applicant is told.",
    ),
    Job(
        "moothall.recruitment.tasks:keep_readers_of_checks",
        "35 1 * * *",
        "Whoever has come to a department sees its checks, and whoever has left it does not.",
    ),
    Job(
        "moothall.recruitment.tasks:write_to_late_departments",
        "15 7 * * 1",
        "Departments hear once a week how many checks of applicants wait for them.",
    ),
    Job(
        "moothall.promotion.tasks:look_after_promotions",
        "10 2 * * *",
        "Windows to appeal and times in the pool of promotion end, and whoever is concerned hears before.",
    ),
    Job(
        "moothall.recruitment.tasks:carry_what_was_said_on",
        "50 1 * * *",
        "What applicants said for monitoring is told how far their application came, without who they are.",
    ),
    Job(
        "moothall.training.tasks:work_out_needs",
        "20 2 * * *",
        "Who has to take which course by when is worked out from what is asked, passed and held.",
    ),
    Job(
        "moothall.training.tasks:name_beds_of_sessions",
        "15 4 * * *",
        "Beds of courses that begin within a week are in the names of those who come.",
    ),
    Job(
        "moothall.training.tasks:go_on_with_students",
        "5 4 * * *",
        "Students who begin within a week get their case, and steps of all are done as they get on.",
    ),
    Job(
        "moothall.training.tasks:count_teams",
        "50 2 * * *",
        "How many each team can spare for training is counted anew, since leave and duties have changed.",
    ),
    Job(
        "moothall.training.tasks:fill_sessions",
        "10 3 * * *",
        "Those who wait for a place on a course are looked at again.",
    ),
    Job(
        "moothall.training.tasks:take_duty_files",
        "*/5 * * * *",
        "Duty files in the watched folder are kept as they came, read, and carried out if nothing is odd.",
    ),
    Job(
        "moothall.training.tasks:note_who_is_taken",
        "*/10 * * * *",
        "Who is taken off duty for training is noted, so that duty planning fetches what is new and gone.",
    ),
    Job(
        "moothall.absence.tasks:look_at_who_is_off",
        "15 4 * * *",
        "Absence that has reached a trigger by the passing of days is put before managers.",
    ),
    Job(
        "moothall.absence.tasks:write_to_who_is_off",
        "40 6 * * *",
        "Whoever is off is written to as their certificates and their pay stand, once each.",
    ),
    Job(
        "moothall.cases.tasks:tell_of_what_is_late",
        "*/15 * * * *",
        "What is late is put before the team's lead, and later before the head of service.",
    ),
    Job(
        "moothall.cases.tasks:write_morning_digests",
        "*/15 6-11 * * *",
        "From seven on working days, each person is written to once about what needs them.",
    ),
    Job(
        "moothall.workforce.tasks:apply_details",
        "10 1 * * *",
        "Changes of personal details that were approved for a later day are made on that day, once.",
    ),
    Job(
        "moothall.enquiries.tasks:finish_what_was_kept",
        "*/2 * * * *",
        "Messages and enquiries that were kept but not read, because a process died, are read.",
    ),
    Job(
        "moothall.enquiries.tasks:fetch_due_mailboxes",
        "* * * * *",
        "Mailboxes that are due are looked into, each by a job of its own.",
    ),
    Job(
        "moothall.records.tasks:seal_the_audit",
        "*/5 * * * *",
        "What was done and is finished is sealed, and the head of the seal is kept outside the database.",
    ),
    Job(
        "moothall.records.tasks:clear_away",
        "10 2 * * 0",
        "Files that were written for something that then did not happen are removed, a week later.",
    ),
    Job(
        "moothall.config.watching:check_the_audit",
        "10 3 * * *",
        "The audit is compared with its seals and anchors; administrators hear if it is not whole.",
    ),
    Job(
        "moothall.people.tasks:find_duplicates",
        "30 2 * * *",
        "Records that look like one person are put before those who may merge them.",
    ),
    Job(
        "moothall.credentials.tasks:remind_of_credentials",
        "20 6 * * *",
        "Whoever holds what runs out soon, or has run out, is written to; once at each rung of its ladder.",
    ),
    Job(
        "moothall.terms.tasks:see_what_falls_due",
        "40 6 * * *",
        "What falls due within a year is put on record, and managers hear of steps that have come due, once.",
    ),
    Job(
        "moothall.personnel.tasks:chase_requests",
        "50 6 * * *",
        "Whoever decides on flexible working hears that its day is near, and both that it has passed, once.",
    ),
    Job(
        "moothall.personnel.tasks:settle_shared_leave",
        "40 5 * * *",
        "Blocks of shared parental leave that were neither agreed nor withdrawn in time become one block.",
    ),
    Job(
        "moothall.appraisal.tasks:chase_appraisals",
        "10,40 6-17 * * *",
        "Whoever an appraisal waits for is written to: when it begins, before a day, after it, at the end.",
    ),
    Job(
        "moothall.appraisal.tasks:chase_what_is_late",
        "25 7 * * 1-5",
        "Whoever is late with appraisals has one letter a week about all of it, until 95 in 100 are done.",
    ),
    Job(
        "moothall.credentials.tasks:open_renewals_of_credentials",
        "10 6 * * *",
        "What runs out within ninety days has a case opened for it, where there is a service for that.",
    ),
    Job(
        "moothall.credentials.tasks:destroy_evidence",
        "50 3 * * *",
        "Evidence of credentials that is older than its kind lets it be is destroyed, and written down.",
    ),
    Job(
        "moothall.appraisal.tasks:begin_inductions_of_today",
        "25 4 * * *",
        "Interns and volunteers who begin, or have just begun, get the list of their induction, once.",
    ),
    Job(
        "moothall.problems.tasks:find_what_recurs",
        "45 2 * * *",
        "Recent cases that may share a cause are put before those who manage problems.",
    ),
    Job(
        "moothall.core.rate_limits:forget_old_counts",
        "25 * * * *",
        "How often somebody tried a thing is forgotten once it no longer matters.",
    ),
    Job(
        "moothall.people.tasks:forget_sign_ins",
        "25 2 * * *",
        "What was written down of signing in is removed after thirteen months.",
    ),
    Job(
        "moothall.webhooks.tasks:tell_others",
        "* * * * * */15",
        "Other systems are told what happened, and asked again where they did not answer.",
    ),
    Job(
        "moothall.portal.tasks:finish_what_was_sent", "*/2 * * * *", "Forms sent and no case yet become one."
    ),
    Job("moothall.portal.tasks:forget_what_was_not_sent", "45 * * * *", "Forms never sent are thrown away."),
    Job(
        "moothall.enquiries.tasks:suggest_for_what_came_in",
        "* * * * * */15",
        "What came in is looked at, and what is likely about it is put before a person.",
    ),
    Job(
        "moothall.enquiries.tasks:learn_from_closed_cases",
        "10 3 * * *",
        "Closed cases are learned from, so that suggestions follow what the office does.",
    ),
    Job("moothall.satisfaction.tasks:send_surveys", "*/10 * * * *", "Surveys that are due leave, each once."),
    Job("moothall.satisfaction.tasks:let_names_go", "35 3 * * *", "Answers without a name lose their case."),
    Job(
        "moothall.casework.tasks:remind_of_other_bodies",
        "20 5 * * *",
        "Other bodies that have not answered by their day are put before whoever has the case.",
    ),
    Job(
        "moothall.casework.tasks:think_of_holding_replies",
        "50 */2 * * *",
        "Cases that will not be answered in time are put before whoever has them, for a holding reply.",
    ),
    Job(
        "moothall.conduct.tasks:lapse_what_no_longer_counts",
        "15 0 * * *",
        "Sanctions whose last day has passed are written down as lapsed, and told where that was wished.",
    ),
    Job(
        "moothall.reports.tasks:count_units_that_changed",
        "*/5 * * * *",
        "Month-end figures are counted again for the units in which something changed.",
    ),
    Job(
        "moothall.reports.tasks:count_figures_anew",
        "35 3 * * *",
        "Month-end figures are counted anew: this month, what changed, and one of the twelve before it.",
    ),
    Job(
        "moothall.reports.tasks:add_up_leave",
        "20 4 * * *",
        "What leave people have, have taken and have booked is added up, where anything about it changed.",
    ),
    Job(
        "moothall.reports.tasks:look_for_faults",
        "50 4 * * *",
        "Staff records are looked through: what is wrong is listed for whoever keeps them, the rest closes.",
    ),
    Job(
        "moothall.people.tasks:end_what_leavers_had",
        "5 * * * *",
        "Whoever's last role came to its end by its date is signed out, and what they had set up ends.",
    ),
    Job("moothall.config.queue:forget_expired_sessions", "15 2 * * *", "Expired sessions are removed."),
)


def install(app: App) -> None:
    """Give every job of the timetable to the queue."""
    for job in TIMETABLE:
        module, _, name = job.task.partition(":")
        found = getattr(import_module(module), name)
        task = found if isinstance(found, Task) else app.task(name=job.task, queueing_lock=job.task)(found)
        app.periodic(cron=job.cron, periodic_id=job.task)(task)

"""The statements by which a year of a large sample office is written, in their order."""

from typing import Final

USUAL: Final = (
    "usual_journey",
    "week int, weekday int, passenger_id bigint, direction text, centre_id bigint, home_id bigint, "
    "bell_at time, how text, run text, stop int, contractor text, job text, own text",
)
OPEN_ON: Final = ("open_on", "day date, centre_id bigint")

# Chance: a number below 10,000 from the seed and what it is about.
CHANCE: Final = """
create or replace function pg_temp.chance(about text) returns bigint language sql immutable
as 'select (hashtextextended(about, 0) & 2147483647) % 10000'
"""

JOURNEYS: Final = """
insert into transport_journey (
  passenger_id, day, direction, centre_id, home_id, bell_at, how, run, stop, contractor, job, own,
  cancelled_because, owner_id, deadline_at, is_due, by_hand, changed_at
)
select
  passenger_id, day, direction, centre_id, home_id, bell_at, how,
  case when how = 'RUN' then run else '' end, case when how = 'RUN' then stop end,
  case when how = 'CONTRACTOR' then contractor else '' end, case when how = 'CONTRACTOR' then job else '' end,
  case when how = 'OWN' then own else '' end,
  case when how = 'CANCELLED'
    then (array['Ill', 'At an appointment', 'On holiday', 'The school had a day out'])[1 + ill %% 4]
    else '' end,
  case when how = 'UNRESOLVED' then %(owner)s end,
  case when how = 'UNRESOLVED' then (day - 1 + time '16:00') at time zone 'Europe/London' end,
  true, false, (day + time '03:15') at time zone 'Europe/London'
from (
  select
    usual.passenger_id, opened.day, usual.direction, usual.centre_id, usual.home_id, usual.bell_at,
    usual.run, usual.stop, usual.contractor, usual.job, usual.own, chance.ill,
    case when chance.ill < 350 then 'CANCELLED' when chance.lost < 20 and usual.how = 'RUN' then 'UNRESOLVED'
      else usual.how end as how
  from usual_journey usual
  join open_on opened on opened.centre_id = usual.centre_id
    and extract(isodow from opened.day) - 1 = usual.weekday
    and ((opened.day - %(monday)s::date) %% 28 + 28) %% 28 / 7 = usual.week
  cross join lateral (select
    pg_temp.chance(%(seed)s || usual.passenger_id || '/' || opened.day) as ill,
    pg_temp.chance(%(seed)s || usual.passenger_id || usual.direction || opened.day) as lost
  ) chance
) made
"""

DUTIES: Final = """
insert into transport_duty (run_id, day, vehicle_id, begins_at, ends_at)
select run.id, gone.day, run.vehicle_id, (gone.day + run.leaves_at) at time zone 'Europe/London',
  (gone.day + run.back_at) at time zone 'Europe/London'
from (
  select distinct day, direction, run from transport_journey
  where how = 'RUN' and day >= %(first)s and day < %(today)s
) gone
join transport_runplan plan on plan.id in (%(before)s, %(this)s) and plan.from_on <= gone.day
  and coalesce(plan.until_on, gone.day) >= gone.day
join transport_run run on run.plan_id = plan.id and run.direction = gone.direction
  and run.number = substr(gone.run, 2)::int and run.contractor_id is null
order by gone.day, run.id
on conflict (run_id, day) do nothing
"""

# Each place of a run as in the newest week that is manned; now and then somebody was missing.
MANNINGS: Final = """
with usual as (
  select distinct on (extract(isodow from duty.day), run.direction, run.number, manning.role, manning.seat)
    extract(isodow from duty.day) as weekday, run.direction, run.number, manning.role, manning.seat,
    manning.member_id
  from transport_manning manning
  join transport_duty duty on duty.id = manning.duty_id
  join transport_run run on run.id = duty.run_id
  where duty.day >= %(today)s
  order by extract(isodow from duty.day), run.direction, run.number, manning.role, manning.seat, duty.day desc
)
insert into transport_manning (duty_id, role, seat, member_id, reason, begins_at, ends_at, changed_at)
select
  duty.id, usual.role, usual.seat, case when chance.gap < 120 then null else usual.member_id end,
  case when chance.gap < 120 or usual.member_id is null then 'away:1' else '' end,
  (duty.day + run.leaves_at) at time zone 'Europe/London',
  (duty.day + run.back_at) at time zone 'Europe/London', %(at)s
from transport_duty duty
join transport_run run on run.id = duty.run_id
join usual on usual.weekday = extract(isodow from duty.day) and usual.direction = run.direction
  and usual.number = run.number
cross join lateral (
  select pg_temp.chance(%(seed)s || duty.id || usual.role || usual.seat) as gap
) chance
where duty.day >= %(first)s and duty.day < %(today)s
"""

# Every stop of every run that went, and who got on, off, or was not there; each a few minutes from the plan.
PRESSED: Final = """
create temporary table pressed on commit drop as
with driver as (
  select manning.duty_id, account.id as account_id
  from transport_manning manning
  join transport_crewmember member on member.id = manning.member_id
  join workforce_employment employment on employment.id = member.employment_id
  join people_account account on account.person_id = employment.person_id
  where manning.role = 'driver'
), went as (
  select duty.id as duty_id, duty.run_id, duty.day, coalesce(driver.account_id, %(owner)s) as by_id,
    pg_temp.chance(%(seed)s || 'late' || duty.run_id || duty.day) as late
  from transport_duty duty left join driver on driver.duty_id = duty.id
  where duty.day >= %(first)s and duty.day < %(today)s
), rode as (
  select went.*, ride.passenger_id, ride.picked_up_id, ride.set_down_id,
    pg_temp.chance(%(seed)s || 'there' || ride.passenger_id || went.day) as there
  from went
  join transport_ride ride on ride.run_id = went.run_id
  join transport_run run on run.id = went.run_id
  join transport_journey journey on journey.passenger_id = ride.passenger_id and journey.day = went.day
    and journey.direction = run.direction and journey.how = 'RUN' and journey.home_id = ride.home_id
    and extract(isodow from went.day) - 1 = any(ride.weekdays)
), what as (
  select duty_id, run_id, day, by_id, late, call.id as call_id, null::bigint as passenger_id,
    'ARRIVED' as what, call.at, 0 as after
  from went join transport_call call using (run_id)
  union all
  select duty_id, rode.run_id, day, by_id, late, call.id, passenger_id,
    case when there < 30 then 'ABSENT' else 'ABOARD' end, call.at, 40
  from rode join transport_call call on call.id = rode.picked_up_id
  union all
  select duty_id, rode.run_id, day, by_id, late, call.id, passenger_id, 'SET_DOWN', call.at, 45
  from rode join transport_call call on call.id = rode.set_down_id
  where there >= 30
)
select
  nextval(pg_get_serial_sequence('transport_press', 'id')) as press_id, what.*,
  (day + at) at time zone 'Europe/London' as planned_at,
  (day + at) at time zone 'Europe/London' + make_interval(secs => after + case
    when late < 7000 then late %% 240 - 90 when late < 9300 then 120 + late %% 300
    else 420 + late %% 900 end) as pressed_at
from what
order by day, run_id
"""

PRESSES: Final = """
insert into transport_press (id, key, by_id, run_id, day, said, pressed_at, received_at, found)
select press_id, md5(%(seed)s || what || run_id || '/' || day || '/' || call_id || '/' ||
    coalesce(passenger_id, 0))::uuid,
  by_id, run_id, day, jsonb_build_object(
    'what', what, 'duty', duty_id::text, 'call', call_id::text, 'passenger', coalesce(passenger_id::text, '')
  ), pressed_at, pressed_at + interval '2 seconds', 'COUNTED'
from pressed
"""

PASSINGS: Final = """
insert into transport_passing (run_id, day, call_id, passenger_id, what, at, planned_at, by_id, press_id)
select run_id, day, call_id, passenger_id, what, pressed_at, planned_at, by_id, press_id from pressed
"""

ANALYSE: Final = (
    "analyze transport_journey, transport_duty, transport_manning, transport_press, transport_passing"
)

"""Small models by chance, as text: every kind of link, weight, delay, server and storage of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    Draw = st.DrawFn

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe")
DAYS = ("2026-01-01", "2026-03-29", "2026-10-25", "2026-12-31")
SPANS = ("0 s", "1 s", "90 s", "20 min", "59 min", "60 min", "75 min", "2 h", "5.5 h", "1 day", "30 h")
DURATIONS = ("1 ms", "28.1546 s", "59 min", "1 h", "61 min", "2.5 h", "1 day", "49 h")
RETENTIONS = ("1 h", "90 min", "5 h", "1 day", "10 day", "5 year")
SERVER_TYPES = ("autoscaling", "on_premise", "serverless")
WEIGHTS = ("", "", "", "2 * ", "0.5 * ", "0.3 * ", "1.7 * ")

# What the library's own formulas leave out: operators and functions on the series of a job, and a kind whose values
# depend on each other while those of its objects do not.
PROBE = """
kind probe "Probe" {
  ref watched : any_job
  input lag : TimeSpent = 20 min from hypothesis note "any" conf low
  input share : Ratio? within 0 .. 10
  calc per_hour : amount Request = watched.hourly_occurrences_across_usage_patterns
  calc busy : level Request = watched.hourly_avg_occurrences_across_usage_patterns
  calc later : amount Request = shift(per_hour, lag) - 0 * per_hour
  calc smaller : amount Request = min(per_hour, later)
  calc larger : level Request = max(busy, 1 req, rate(per_hour) * 1 h)
  calc whole : level Request = floor(busy * exp(1)) + round(busy * exp(1)) + abs(busy - 1 req)
  calc stepped : level Ram = ceil(busy * watched.ram_needed, 1 GB)
  calc so_far : level Request = cumulative(per_hour)
  calc squared : level Ratio = busy * busy / larger + busy ^ 2
  calc rest : amount Request = -smaller - per_hour * (share ?? 1)
  calc scaled : level Ratio = 1 req / larger
  calc requests : Request = total(per_hour)
  calc average : Request = mean(busy)
  calc most : Request = max(peak(busy), average)
  calc curve : Ratio = log2(1 + requests / 1 req) + exp(-most / 1 req) + sqrt(abs(average / 1 req)) + log(1 + 10 ^ 0)
  calc heaviest : Ratio = if count(t for t in watched.triggers) > 0 then max(t.weight for t in watched.triggers) else 0
  calc places : Ratio = sum(t.position for t in watched.triggers where t.weight >= 1)
  calc plain : Ratio = if given(share) and share > 1 then share else if not (lag > 1 h) then 0 else 1
  ref crowd : usage_pattern
  input edge : Request = 0.123456789 req
  input need : weekly level Ram = weekly {
    weekday = { 00:00..07:30 => 1 GB, 07:30..18:00 => 3 GB, 18:00..24:00 => -2 GB }
    weekend = weekday * 0.25
    sunday  = 5 GB
  }
  input calls : weekly amount Request = edge
  let clock : zone = "Australia/Lord_Howe"
  calc laid : level Ram = expand(need, per_hour, crowd.country.timezone)
  calc called : amount Request = expand(calls, busy, clock)
  calc ahead : Time = offset_at_start(crowd.starts, crowd.country.timezone)
  calc shown : Time = offset_of_clock(crowd.starts, crowd.country.timezone)
  calc by_one_offset : amount Visit = to_utc(crowd.starts, ahead)
  calc turned : amount Request = rotate(per_hour, round(ahead + lag, 1 h))
  calc from_then : level Ram = from_monday(laid, crowd.country.timezone)
  calc gone : amount Request = expired(per_hour, lag)
  calc gone_here : amount Request = expired(per_hour, lag, later)
  calc kept_here : level Request = held(per_hour, lag, later)
  calc all_here : level Request = cumulative(per_hour, busy)
  calc enough : level Ratio = at_least(busy, edge) + at_least(edge, busy)
  calc in_all : level Ratio = ratio(smaller, per_hour) + ratio(per_hour, per_hour, 1)
  calc of_one : Ratio = ratio(edge - edge, edge - edge, share ?? 1) + ratio(edge, edge)
  calc of_tiers : Ratio = tier_share(smaller, per_hour, busy, ceil(peak(busy)) + 1 req)
  calc everyone : Ratio = count(j for j in every any_job for s in every step where j == watched or s.duration > lag)
  calc per_step[t in watched.triggers, j in t.jobs, p in every usage_pattern] : amount Request =
    t.weight * j.weight * per_hour / j.position + to_utc(p.starts, p.country.timezone) * 1 req / 1 visit
  calc earlier[t in watched.triggers, j in t.jobs, e in before(j)] : Ratio = e.weight + t.duration / 1 h
  calc stepwise : amount Request =
    sum(per_step[t, j, p] for t in watched.triggers for s in every step for j in s.jobs for p in t.usage_patterns)
  assert some: all(t.weight > 0 for t in watched.triggers) else error "weights are positive"
}

kind bundle "Bundle" {
  ref parts : [bundle]
  back wholes = bundle.parts
  set around = wholes
  calc count_in_all : Ratio =
    if any(w.weight > 0 for w in wholes) then sum(w.weight * w.count_in_all for w in wholes) else 1
  calc count_in[b in around] : Ratio = sum(w.weight for w in wholes where w == b)
  calc nested[p in parts, q in p.parts] : Ratio = p.weight * q.weight + q.position
  calc pair[w in wholes, b in around, e in every bundle] : Ratio =
    if e in around then w.weight * e.count_in_all else w.position
  calc nested_sum : Ratio = sum(nested[p, q] for p in parts for q in p.parts) + sum(pair[w, w, self] for w in wholes)
}
"""

# A job stops months before the last hour of the model: its stock stays, in local time off by a quarter of an hour.
STOCK_OUTLASTS_JOB = f"""{PROBE}
country land {{ timezone = "Asia/Kathmandu" }}
network net {{}}
storage disk {{ retention = 10 day; base_need = 1 TB; capacity = 3 GB }}
storage archive {{ retention = 30 year; capacity = 3 GB }}
server host {{ storage = disk }}
server vault {{ storage = archive; server_type = on_premise }}
job early {{ server = host; data_stored = 700 MB; request_duration = 90 min }}
job kept {{ server = vault; data_stored = 700 MB }}
step look_up {{ duration = 75 min; jobs = [early, 2 * kept] }}
step read {{ duration = 20 min; jobs = [0.5 * kept] }}
journey first {{ steps = [look_up, look_up] }}
journey second {{ steps = [0.5 * read, read] }}
usage_pattern winter {{
  journeys = [first]; network = net; country = land
  starts = hourly([3, 0, 9], start = 2026-01-01T05:00)
}}
usage_pattern spring {{
  journeys = [0.3 * second]; network = net; country = land
  starts = hourly([40, 1], start = 2026-03-29T01:00)
}}
probe look {{ watched = early; crowd = spring; lag = 20 min; share = 2 }}
"""


def entries(draw: Draw, names: Sequence[str], most: int) -> str:
    """A list of links with weights, some of them repeated; seldom an empty one."""
    least = draw(st.sampled_from((1, 1, 1, 1, 1, 0)))
    chosen = draw(st.lists(st.sampled_from(names), min_size=least, max_size=most)) if names else []
    return "[" + ", ".join(draw(st.sampled_from(WEIGHTS)) + name for name in chosen) + "]"


def number(draw: Draw, low: float, high: float) -> str:
    """A number with few digits."""
    return f"{draw(st.integers(0, 1000)) / 1000 * (high - low) + low:.4g}"


def places(draw: Draw, count: int) -> list[str]:
    """Countries and networks."""
    lines = []
    for i in range(count):
        zone, intensity = draw(st.sampled_from(ZONES)), number(draw, 10, 900)
        lines.append(f'country land{i} {{ carbon_intensity = {intensity} gCO2e/kWh; timezone = "{zone}" }}')
        lines.append(f"network net{i} {{ energy_intensity = {number(draw, 0.01, 1)} kWh/GB }}")
        lines.append(
            f"device gadget{i} {{ power = {number(draw, 1, 90)} W; embodied = {number(draw, 5, 300)} kgCO2e }}"
        )
    return lines


def servers(draw: Draw, count: int) -> list[str]:
    """Storages, servers of each type, some of them without storage or with a fixed number of instances."""
    lines = []
    for i in range(count):
        lines.append(
            f"storage disk{i} {{ retention = {draw(st.sampled_from(RETENTIONS))}; replication = {number(draw, 0, 4)};"
            f" base_need = {number(draw, 0, 3)} TB; capacity = {number(draw, 1, 900)} GB;"
            f" power_per_capacity = {draw(st.sampled_from(('0', '1.3')))} W/TB }}"
        )
        kind = draw(st.sampled_from(SERVER_TYPES))
        fixed = "; fixed_instances = 1_000_000 instance" if kind == "on_premise" and draw(st.booleans()) else ""
        disk = f"; storage = disk{draw(st.integers(0, i))}" if draw(st.booleans()) else ""
        grid = "; grid = land0" if draw(st.booleans()) else ""
        lines.append(
            f"server host{i} {{ server_type = {kind}; ram = {number(draw, 4, 64)} GB;"
            f" compute = {number(draw, 1, 8)} cpu_core; utilization_rate = {number(draw, 30, 100)} %;"
            f" base_ram = {number(draw, 0, 0.2)} GB{fixed}{disk}{grid} }}"
        )
    kind = draw(st.sampled_from(SERVER_TYPES))
    lines.append(f"gpu_server farm {{ server_type = {kind}; storage = disk0; pue = {number(draw, 1, 2)} }}")
    lines.append(f"genai_model chat {{ server = farm; active_params = {number(draw, 1, 40)} Gparam }}")
    return lines


def jobs(draw: Draw, count: int, hosts: int) -> tuple[list[str], list[str]]:
    """Web jobs and a question to the model: text and names."""
    lines = [f"genai_job ask {{ service = chat; output_token_count = {draw(st.integers(1, 100_000))} tok }}"]
    lines += [
        f"job work{i} {{ server = host{draw(st.integers(0, hosts - 1))};"
        f" request_duration = {draw(st.sampled_from(DURATIONS))}; ram_needed = {number(draw, 0, 900)} MB;"
        f" compute_needed = {number(draw, 0, 0.29)} cpu_core; data_stored = {number(draw, 0, 900)} MB;"
        f" data_transferred = {number(draw, 0, 900)} kB }}"
        for i in range(count)
    ]
    return lines, ["ask", *(f"work{i}" for i in range(count))]


def usage(draw: Draw, job_names: list[str], land_count: int) -> list[str]:
    """Steps, journeys and patterns; some list nothing, some the same twice."""
    steps = [f"step{i}" for i in range(draw(st.integers(1, 3)))]
    journeys = [f"trip{i}" for i in range(draw(st.integers(1, 2)))]
    lines = [
        f"step {name} {{ duration = {draw(st.sampled_from(SPANS))}; jobs = {entries(draw, job_names, 4)} }}"
        for name in steps
    ]
    lines += [f"journey {name} {{ steps = {entries(draw, steps, 4)} }}" for name in journeys]
    gadgets = [f"gadget{i}" for i in range(land_count)]
    for i in range(draw(st.integers(1, 3))):
        values = draw(st.lists(st.sampled_from((0, 0, 1, 2.5, 7, 40)), min_size=1, max_size=40))
        start = f"{draw(st.sampled_from(DAYS))}T{draw(st.integers(0, 23)):02}:00{draw(st.sampled_from(('', '', 'Z')))}"
        land, net = draw(st.integers(0, land_count - 1)), draw(st.integers(0, land_count - 1))
        lines.append(
            f"usage_pattern crowd{i} {{ journeys = {entries(draw, journeys, 3)}; devices = {entries(draw, gadgets, 2)};"
            f" country = land{land}; network = net{net}; starts = hourly({values}, start = {start}) }}"
        )
    return lines


def bundles(draw: Draw, count: int) -> list[str]:
    """Bundles of bundles, never in a circle."""
    names = [f"bundle{i}" for i in range(count)]
    return [f"bundle {name} {{ parts = {entries(draw, names[i + 1 :], 3)} }}" for i, name in enumerate(names)]


@st.composite
def models(draw: Draw) -> str:
    """The text of a model."""
    land_count, host_count = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    job_lines, job_names = jobs(draw, draw(st.integers(1, 3)), host_count)
    probed = draw(st.sampled_from(job_names))
    share = f"; share = {number(draw, 0, 3)}" if draw(st.booleans()) else ""
    lines = [
        *places(draw, land_count),
        *servers(draw, host_count),
        *job_lines,
        *usage(draw, job_names, land_count),
        *bundles(draw, draw(st.integers(1, 4))),
        f"probe look {{ watched = {probed}; crowd = crowd0; lag = {draw(st.sampled_from(SPANS))}{share} }}",
    ]
    return PROBE + "\n".join(draw(st.permutations(lines))) + "\n"

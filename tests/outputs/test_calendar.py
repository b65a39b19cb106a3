"""Calendars: when consultations close, by RFC 5545, the same bytes whatever the clock says."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from sitegen.formats import ical
from sitegen.outputs import calendar
from sitegen.pages import plan
from tests.sites import CONFIG, NOW, blog, consultation, desk, linked, made, planned, post, resolved

ALL = "consultations/calendar.ics"
LONDON = ZoneInfo("Europe/London")
WITHDRAWN = "{date: 2026-06-10, reason: Wrong.}"


def closing(when: str, **fields: object) -> dict[str, str]:
    """A site with one consultation, which closes then."""
    return {"content/consultations/c.md": consultation("2025-01-01", when, **fields)}


def read(data: bytes) -> icalendar.Calendar:
    """A calendar as another program reads it, which finds no fault in it."""
    found = icalendar.Calendar.from_ical(data)
    assert not found.errors
    assert not [error for event in found.walk() for error in event.errors]
    return found


def events(files: dict[str, str], path: str = ALL, now: str = NOW) -> list[icalendar.Event]:
    """The events of a calendar of a site, in order."""
    return read(made(files, path, now)).walk("VEVENT")


def event(files: dict[str, str], path: str = ALL, now: str = NOW) -> icalendar.Event:
    """The only event of a calendar."""
    (found,) = events(files, path, now)
    return found


# ---- an event


@pytest.mark.parametrize("when", ["2026-09-13", "2026-09-13 23:59"])
def test_a_closing_day_is_an_event_of_that_day(when: str) -> None:
    """All day, until the next day begins; the minute is told in words."""
    found = event(closing(when, title="Easier letters"))
    assert (found.start, found.end) == (date(2026, 9, 13), date(2026, 9, 14))
    assert found["SUMMARY"] == "Closes: Easier letters"
    assert found["DESCRIPTION"] == (
        "Closes at 11:59pm on Sunday 13 September 2026.\n\n"
        "In short.\n\nhttps://example.org/consultations/c/"
    )
    assert b"VTIMEZONE" not in made(closing(when), ALL)


def test_a_closing_time_ends_an_event_of_half_an_hour() -> None:
    """So no program shows it after closing; and the title says when, lest 4:30pm be thought it."""
    found = event(closing("2026-09-11 17:00", title="Easier letters"))
    assert found.start == datetime(2026, 9, 11, 16, 30, tzinfo=LONDON)
    assert found.end == datetime(2026, 9, 11, 17, tzinfo=LONDON)
    assert found["SUMMARY"] == "Closes at 5pm: Easier letters"
    assert found["DESCRIPTION"].startswith("Closes at 5pm on Friday 11 September 2026.\n")


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2026-03-28 17:00", "16:30+00:00", "17:00+00:00"),
        ("2026-03-29 02:15", "00:45+00:00", "02:15+01:00"),
        ("2026-03-29 17:00", "16:30+01:00", "17:00+01:00"),
        ("2026-10-24 17:00", "16:30+01:00", "17:00+01:00"),
        ("2026-10-25 01:30", "01:00+01:00", "01:30+01:00"),
        ("2026-10-25 17:00", "16:30+00:00", "17:00+00:00"),
        ("2027-01-01 00:15", "23:45+00:00", "00:15+00:00"),
    ],
)
@pytest.mark.parametrize("path", [ALL, "consultations/c/calendar.ics"])
def test_times_when_the_clocks_change(when: str, start: str, end: str, path: str) -> None:
    """Half an hour of real time, told in Europe/London; the file says what that is."""
    found = read(made(closing(when), path))
    (zone,) = found.walk("VTIMEZONE")
    (told,) = found.walk("VEVENT")
    own = zone.to_tz(lookup_tzid=False)
    for moment, wanted in ((told.start, start), (told.end, end)):
        assert moment.tzinfo == LONDON
        as_told = moment.replace(tzinfo=own)
        assert as_told.isoformat(timespec="minutes").endswith(f"T{wanted}")
    assert told.end.astimezone(UTC) - told.start.astimezone(UTC) == timedelta(minutes=30)


def test_an_event_leads_to_its_page_and_keeps_nobody_busy() -> None:
    """An absolute address, its tags, free time, and no alarm that nobody asked for."""
    below = {"config.yaml": CONFIG.replace("example.org/", "example.org/site/")}
    found = event({**closing("2026-09-13", tags="[dentistry, hospital]"), **below})
    assert found["URL"] == "https://example.org/site/consultations/c/"
    assert found["DESCRIPTION"].endswith("\n\nhttps://example.org/site/consultations/c/")
    assert found.categories == ["Dentistry", "Hospital care"]
    assert found["TRANSP"] == "TRANSPARENT"
    assert found.subcomponents == []
    assert "CATEGORIES" not in event(closing("2026-09-13", tags=None))


def test_an_event_is_known_again_whatever_changes() -> None:
    """By the place of its file and the host: not by title, dates, slug or where the site lies."""
    first = event(closing("2026-09-13"))
    later = event(
        {
            **closing("2026-10-01 17:00", title="New", slug="new", updated="2026-06-01"),
            "config.yaml": CONFIG.replace("example.org/", "example.org:8080/site/"),
        }
    )
    assert first["UID"] == later["UID"] == "consultations/c@example.org"
    other = CONFIG.replace("example.org", "example.com")
    assert event({**closing("2026-09-13"), "config.yaml": other})["UID"].endswith("@example.com")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, "2026-05-01"),
        ({"updated": "2026-06-10"}, "2026-06-10"),
        ({"updated": "2026-07-01"}, "2026-05-01"),
        ({"change_notes": "[{date: 2026-06-12, note: Longer.}]"}, "2026-06-12"),
        ({"withdrawn": WITHDRAWN}, "2026-06-10"),
    ],
)
def test_stamps_come_from_the_content(fields: dict[str, object], day: str) -> None:
    """The newest day of change that has come, at its beginning: never the clock."""
    path = "consultations/c/calendar.ics"
    found = event(closing("2026-09-13", **fields), path)
    midnight = datetime.fromisoformat(day).replace(tzinfo=LONDON)
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == midnight
    texts = {made(closing("2026-09-13", **fields), path, now) for now in (NOW, "2026-06-30")}
    assert len(texts) == 1


# ---- hostile words


@pytest.mark.parametrize(
    "title",
    [
        r"Beds; chairs, and C:\\new",
        "BEGIN:VEVENT",
        "שאלון על מרפאות שיניים: מה דעתך, ומה חשוב לך? שאלון על מרפאות שיניים",
        "👩‍👩‍👧‍👦" * 10,
        "x" * 66 + "😀" + "y" * 20,
    ],
)
def test_words_are_read_as_they_were_typed(title: str) -> None:
    """Whatever signs they have; and no line is over 75 octets, nor ends otherwise than CRLF."""
    files = closing("2026-09-13", title=f"'{title}'", summary=f"'{title}'")
    data = made(files, ALL)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(line.decode() for line in data.split(b"\r\n")[:-1])
    assert event(files)["SUMMARY"] == f"Closes: {title}"
    assert f"\n\n{title}\n\n" in event(files)["DESCRIPTION"]


# ---- the one to subscribe to

SITE = {
    "content/consultations/later.md": consultation("2026-06-01", "2026-08-01", title="Later"),
    "content/consultations/b.md": consultation(
        "2026-06-01", "2026-07-01", title="B", date="2026-05-02"
    ),
    "content/consultations/a.md": consultation("2026-06-01", "2026-07-01", title="A"),
    "content/consultations/five.md": consultation("2026-06-01", "2026-07-01 17:00", title="Five"),
    "content/consultations/soon.md": consultation("2026-07-01", "2026-09-01", title="Soon"),
    "content/consultations/over.md": consultation("2026-01-01", "2026-02-01", title="Over"),
    "content/consultations/draft.md": consultation(
        "2026-06-01", "2026-07-01", title="Zq draft", draft="true"
    ),
    "content/consultations/scheduled.md": consultation(
        "2026-06-01", "2026-07-01", title="Zq scheduled", date="2026-06-20"
    ),
    "content/consultations/expired.md": consultation(
        "2026-06-01", "2026-07-01", title="Expired", expiry_date="2026-06-10"
    ),
    "content/consultations/withdrawn.md": consultation(
        "2026-06-01", "2026-07-01", title="Withdrawn", withdrawn=WITHDRAWN
    ),
    "content/consultations/pl.md": consultation(
        "2026-06-01", "2026-07-01", title="A po polsku", lang="pl", translation_of="consultations/a"
    ),
    "content/blog/b.md": blog(),
}


def test_all_that_are_current_in_the_order_of_closing() -> None:
    """Closed ones stay, since nobody wants their past to vanish; of one moment, by their refs."""
    told = [found["SUMMARY"] for found in events(SITE)]
    assert [line.partition(": ")[2] for line in told] == ["Over", "Five", "A", "B", "Later", "Soon"]


def test_what_programs_want_to_know_of_it() -> None:
    """Its name, in the old way and the new, that it is published, and to ask again each day."""
    data = made(SITE, ALL)
    found = read(data)
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sitegen//")
    assert found["METHOD"] == "PUBLISH"
    assert found["CALSCALE"] == "GREGORIAN"
    assert found["NAME"] == found["X-WR-CALNAME"] == "Consultation closing dates – The site"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n" in data
    assert len(found.walk("VTIMEZONE")) == 1


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    """So that the address is always there; with a component, which RFC 5545 (3.6) wants."""
    found = read(made({}, ALL))
    assert [component.name for component in found.subcomponents] == ["VTIMEZONE"]


def test_the_same_bytes_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever time zone the machine is in."""
    wanted = {path: made(SITE, path) for path in planned(SITE) if path.endswith(".ics")}
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        ical.timezone.cache_clear()
        assert {path: made(SITE, path) for path in wanted} == wanted
    monkeypatch.undo()
    time.tzset()


# ---- one of each


def test_every_consultation_has_its_own_for_as_long_as_it_has_a_page() -> None:
    """Also closed, expired or withdrawn ones; nothing that is not public, no translation."""
    own = {path for path in planned(SITE) if path.endswith("calendar.ics")} - {ALL}
    names = ("a", "b", "five", "later", "soon", "over", "expired", "withdrawn")
    assert own == {f"consultations/{name}/calendar.ics" for name in names}
    for path in own:
        assert "METHOD" not in read(made(SITE, path))
        assert (
            event(SITE, path)["URL"] == f"https://example.org/{path.removesuffix('calendar.ics')}"
        )


def test_a_withdrawn_consultation_is_cancelled() -> None:
    """And says so in words, since not every program shows the status."""
    found = event(SITE, "consultations/withdrawn/calendar.ics")
    assert found["STATUS"] == "CANCELLED"
    assert found["SUMMARY"] == "Withdrawn: Withdrawn"
    assert found["DESCRIPTION"].startswith("This page was withdrawn on 10 June 2026\n")
    assert "STATUS" not in event(SITE, "consultations/expired/calendar.ics")


def test_a_preview_tells_of_drafts_in_their_own_only() -> None:
    """Where they have dates: without, there is nothing to tell."""
    dateless = post(title="Dateless", draft="true", ways_to_respond="{email: a@example.org}")
    files = {**SITE, "content/consultations/dateless.md": dateless}
    site = resolved(files, preview=True).site
    preview = {o.path.as_posix(): o for o in calendar.outputs(replace(desk(files), site=site))}
    assert b"Zq" not in preview[ALL].data
    assert b"Zq draft" in preview["consultations/draft/calendar.ics"].data
    assert calendar.address_of(site.entries["consultations/dateless"]) is None
    assert "consultations/dateless/calendar.ics" not in preview


def test_addresses_for_who_wants_to_lead_there() -> None:
    """A site path for a consultation, None for any other post; posts may link to both kinds."""
    site = resolved(SITE).site
    entries = site.entries
    assert calendar.address_of(entries["consultations/a"]) == "/consultations/a/calendar.ics"
    assert calendar.address_of(entries["consultations/pl"]) is None
    assert calendar.address_of(entries["blog/b"]) is None
    links = f"[All]({calendar.PATH}) and [one](/consultations/a/calendar.ics)"
    assert linked({**SITE, "content/news/n.md": post(links)}).problems == ()


def test_a_file_at_the_address_of_a_calendar_is_refused() -> None:
    """The editor is told which file to rename, and what has its address."""
    files = {
        "content/consultations/c/index.md": consultation(
            "2026-06-01", "2026-07-01", "[Dates](calendar.ics)", title="Clinics"
        ),
        "content/consultations/c/calendar.ics": "mine",
    }
    at_desk = desk(files)
    (fault,) = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
    assert fault.path == "content/consultations/c/calendar.ics"
    assert "the calendar of “Clinics”" in fault.message
    assert fault.fix == "rename this file"


def test_two_consultations_of_one_address_are_one_fault() -> None:
    """At the post that can be changed: that their calendars clash too goes without saying."""
    files = {
        **SITE,
        "content/consultations/copy.md": consultation("2026-06-01", "2026-07-02", slug="a"),
    }
    at_desk = desk(files)
    found = plan.clashes(plan.claims(plan.addresses(at_desk.site), plan.outputs(at_desk), ()))
    assert [fault.path for fault in found] == ["content/consultations/copy.md"]

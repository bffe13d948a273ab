"""What may be planned is frozen whole, and what may not is refused with a reason, and nothing is written."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import re
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from ledgers import states

from noticed import DAY, POLICY, VERSION, project
from smallprint.errors import ContentError, NoticeError
from smallprint.model import Promise
from smallprint.notifying import points
from smallprint.notifying.campaign import check_plan, check_recipients
from smallprint.notifying.folder import NoticeFolder, notice_folder
from smallprint.notifying.ledger import Ledger
from smallprint.notifying.lock import SenderLock
from smallprint.notifying.plan import read_plan, seal
from smallprint.notifying.planning import Planned, plan_notice
from smallprint.notifying.wish import Wish
from smallprint.reading.tree import read_tree
from smallprint.reviewing.folder import inspect_content
from smallprint.reviewing.legacy import legacy_fingerprint_of

if TYPE_CHECKING:
    from smallprint.model import Policy

_CONTEXT = multiprocessing.get_context("forkserver")
TODAY = dt.date.fromisoformat(DAY)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the built example, which is the current one."""
    monkeypatch.chdir(project(tmp_path))
    return tmp_path


def policy_of(place: Path) -> Policy:
    return read_tree(place / "content").policies[0]


def folder_of(place: Path) -> NoticeFolder:
    return notice_folder(place / "notices", POLICY, VERSION)


def wish_of(place: Path, version: str = VERSION, **changes: object) -> Wish:
    policy = policy_of(place)
    wish = Wish(
        policy=policy,
        version=next(v for v in policy.versions if v.version_id == version),
        content=place / "content",
        shown="content",
        site=place / "site",
        site_url="https://privacy.example.org/",
        recipients=Path("people.csv"),
        suppression=None,
        folder=notice_folder(place / "notices", POLICY, version),
        day=TODAY,
    )
    return replace(wish, **changes)  # type: ignore[arg-type]


def planned(place: Path, version: str = VERSION, **changes: object) -> Planned:
    wish = wish_of(place, version, **changes)
    return plan_notice(wish, inspect_content([wish.policy], wish.content, wish.shown, wish.day))


def refused(place: Path, match: str, **changes: object) -> None:
    """See that a plan is refused and that nothing is left behind."""
    with pytest.raises((NoticeError, ContentError), match=match):
        planned(place, **changes)
    left = [path for path in (place / "notices").rglob("*") if path.is_file()] if (place / "notices").exists() else []
    assert left == []


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_plan_tells_what_is_announced_why_by_when_and_to_whom(place: Path) -> None:
    plan = planned(place).plan

    assert (plan.baseline, plan.version, plan.effective) == ("2006-06-18", VERSION, TODAY)
    anchors = [change.anchor for change in plan.changes]
    assert (anchors[:2], anchors[-1], len(anchors)) == (["introduction", "collection"], "privacy-shield", 10)
    assert plan.changes[1].sentence.startswith("We no longer ask for your express consent")
    assert plan.changes[1].url.startswith(
        "https://privacy.example.org/ibackup-privacy/changes/2006-06-18/2020-02-10/#collection"
    )
    assert (plan.duty.latest, plan.duty.channel, plan.duty.days_of, plan.duty.late) == (
        TODAY,
        "email",
        "2012-01-09",
        "",
    )
    assert any("Gateway Learning" in source for source in plan.duty.sources)
    assert plan.recipients.languages == {"en": 2, "fr": 1}
    assert {text.language for text in plan.texts} == {"en", "fr"}
    assert plan.untranslated == ["fr"]
    assert read_plan(folder_of(place).plan) == plan
    assert list(states(folder_of(place).ledger).values()) == ["planned"] * 3


def test_what_the_last_step_alone_takes_away_is_told_and_against_which_version(place: Path) -> None:
    """The version before promised something that the baseline did not: whoever relied on it is told."""
    plan = planned(place).plan

    told = next(change for change in plan.changes if change.anchor == "privacy-shield")
    (english,) = (text for text in plan.texts if text.language == "en")
    assert "/changes/2012-01-09/2020-02-10/" in told.url
    assert english.text.count("Compared with the version of 9 January 2012.") == 1


def test_a_plan_holds_no_address_and_the_ledger_is_its_owners(place: Path) -> None:
    planned(place)
    folder = folder_of(place)

    assert "people.example" not in folder.plan.read_text(encoding="utf-8")
    assert b"ann@people.example" in folder.ledger.read_bytes()
    assert folder.ledger.stat().st_mode & 0o077 == 0
    assert (folder.path / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "ledger.*"


def test_the_same_wish_gives_the_same_plan(place: Path) -> None:
    first = planned(place).plan
    assert planned(place).plan == first


def test_a_change_that_nobody_has_decided_on_is_refused(place: Path) -> None:
    (place / "content" / POLICY / "reviews" / f"{VERSION}.yml").unlink()
    refused(place, "SP520")


def test_words_that_were_edited_since_they_were_decided_on_are_refused(place: Path) -> None:
    edit(
        place / "content" / POLICY / f"{VERSION}.md",
        "we will provide you with notice",
        "we may provide you with notice",
    )
    refused(place, "Nobody has decided")


def test_a_day_too_late_is_refused_unless_a_reason_is_recorded(place: Path) -> None:
    refused(place, "the last day to tell people was 2020-02-10", day=dt.date(2020, 2, 11))

    plan = planned(place, day=dt.date(2020, 2, 11), late="The mail system was down.").plan
    assert plan.duty.late == "The mail system was down."
    assert "took effect" in plan.texts[0].text


def test_a_reason_for_being_late_is_not_recorded_where_nobody_is(place: Path) -> None:
    assert planned(place, late="Just in case").plan.duty.late == ""


@pytest.mark.parametrize("page", ["changes/2006-06-18/2020-02-10", "changes/2012-01-09/2020-02-10", VERSION])
def test_a_page_that_is_not_in_the_site_is_refused(place: Path, page: str) -> None:
    shutil.rmtree(place / "site" / POLICY / page)
    refused(place, f"no such page.*smallprint build|{page}")


def test_a_site_that_shows_other_words_is_refused(place: Path) -> None:
    edit(place / "site" / POLICY / "changes/2006-06-18/2020-02-10.json", '"sha256": "', '"sha256": "0')
    refused(place, "built from other words")


def test_without_a_sender_nothing_is_planned(place: Path) -> None:
    (place / "content" / POLICY / "notice.yml").unlink()
    refused(place, "notice.yml")


def test_bad_lines_are_listed_and_refused_until_somebody_agrees(place: Path) -> None:
    (place / "people.csv").write_text("email\nann@people.example\nann@@people\nx@y.example,z\n", encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        planned(place)
    assert [(fault.code, fault.line) for fault in refusal.value.faults] == [("SP703", 3), ("SP703", 4)]
    assert "@@" not in str(refusal.value)

    found = planned(place, skip_bad=True)
    assert (found.plan.recipients.bad, found.plan.recipients.planned, len(found.faults)) == (2, 1, 2)


def test_a_list_of_the_suppressed_that_cannot_be_read_stops_everything(place: Path) -> None:
    (place / "stop.txt").write_text("no address\n", encoding="utf-8")
    refused(place, "SP704", suppression=Path("stop.txt"))
    refused(place, "SP704", suppression=Path("nowhere.txt"))


def test_who_need_not_or_must_not_be_told_is_counted(place: Path) -> None:
    (place / "stop.txt").write_text("BOB@people.example\n", encoding="utf-8")
    (place / "people.csv").write_text(
        "email,since,language\nann@people.example,2019-01-01,pt\nbob@people.example,,\nnew@people.example,2020-02-11,\n"
        "ann@people.example,,\nAnn@people.example,,\n",
        encoding="utf-8",
    )

    told = planned(place, suppression=Path("stop.txt")).plan.recipients

    assert (told.planned, told.suppressed, told.joined_since, told.merged, told.alike) == (2, 1, 1, 1, 1)
    assert told.elsewhere == {"pt": 1}
    assert told.total == 3


def test_with_nobody_left_nothing_is_planned(place: Path) -> None:
    (place / "people.csv").write_text("email,since\nann@people.example,2021-01-01\n", encoding="utf-8")
    refused(place, "Nobody is left")


def test_the_first_version_has_nothing_to_tell(place: Path) -> None:
    refused(place, "first version", version="2006-06-18")


def test_a_version_that_reduces_nothing_materially_is_not_announced(place: Path) -> None:
    for review in (place / "content" / POLICY / "reviews").iterdir():
        text = review.read_text(encoding="utf-8")
        review.write_text(re.sub(r"^  material: yes$", "  material: no", text, flags=re.MULTILINE), encoding="utf-8")
    refused(place, "nothing that users have to be told")


def test_a_notice_that_was_proven_is_not_planned_again(place: Path) -> None:
    example = (
        f"version: {VERSION}\nbaseline: 2006-06-18\nnotice: {'0' * 32}\nby: email\nfirst: 2020-02-10T09:00:00Z\n"
        "last: 2020-02-10T09:00:00Z\nplanned: 1\naccepted: 1\nfailed: 0\ndeferred: 0\nunknown: 0\nsuppressed: 0\n"
        f"joined-since: 0\nlanguages: en 1\ntexts: {'0' * 64}\ntext-en: {'0' * 64}\nplan: {'0' * 64}\n"
    )
    folder = place / "content" / POLICY / "notices"
    folder.mkdir()
    (folder / f"{VERSION}.yml").write_text(example, encoding="utf-8")
    refused(place, "Users were notified")


def test_once_anyone_may_have_the_message_there_is_no_new_plan(place: Path) -> None:
    planned(place)
    planned(place)
    ledger = Ledger(folder_of(place).ledger)
    (claim, *_) = ledger.claim(1, now=0)
    ledger.begin([claim.number])
    ledger.close()

    with pytest.raises(NoticeError, match="Sending has begun"):
        planned(place)
    assert folder_of(place).plan.exists()


def test_nobody_sends_from_a_plan_while_another_one_is_made(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the new plan, in which nobody was sent to yet, would take the place of the ledger that knows who was."""
    folder = folder_of(place)
    planned(place)
    with SenderLock(folder.lock), pytest.raises(NoticeError, match="Someone is sending"):
        planned(place)

    met: list[str] = []

    def send(point: str) -> None:
        if point == "ledger-whole":
            with pytest.raises(NoticeError, match="already") as refusal, SenderLock(folder.lock):
                pass
            met.append(str(refusal.value))

    monkeypatch.setattr(points, "reached", send)
    planned(place)

    assert len(met) == 1
    with SenderLock(folder.lock):
        assert folder.path.exists()


def test_a_template_that_shows_a_column_needs_it_of_everyone(place: Path) -> None:
    templates = place / "templates"
    templates.mkdir()
    ours = Path(__file__).resolve().parents[2] / "themes" / "notice" / "message.txt"
    (templates / "message.txt").write_text(ours.read_text("utf-8") + "\n{{ recipient.account }}\n", encoding="utf-8")
    refused(place, "account", templates=templates)

    (place / "people.csv").write_text("email,account,shoe\nann@people.example,A-17,44\n", encoding="utf-8")
    assert planned(place, templates=templates).plan.columns == ["account"]
    data = folder_of(place).ledger.read_bytes()
    assert b"A-17" in data
    assert b"shoe" not in data, "what no text shows is not kept"


def test_a_plan_that_was_edited_is_no_plan(place: Path) -> None:
    planned(place)
    path = folder_of(place).plan
    edit(path, "We may now", "We will never")

    with pytest.raises(NoticeError, match="was edited"):
        read_plan(path)


@pytest.mark.parametrize("harm", ["", "{}", "[1]", '{"schema_version": 99}', "\x00"])
def test_what_is_no_plan_is_explained(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(harm, encoding="utf-8")

    with pytest.raises(NoticeError, match=r"no plan|schema_version"):
        read_plan(path)


def test_words_that_change_after_planning_stop_the_sending(place: Path) -> None:
    plan = planned(place).plan
    check_plan(plan, policy_of(place), TODAY)
    edit(place / "content" / POLICY / f"{VERSION}.md", "privacy statement", "privacy paper")

    with pytest.raises(NoticeError, match="no longer those the notice was planned from"):
        check_plan(plan, policy_of(place), TODAY)


def test_another_look_of_the_words_stops_the_sending_too(place: Path) -> None:
    plan = planned(place).plan
    edit(place / "content" / POLICY / f"{VERSION}.md", "privacy statement", "**privacy** statement")

    with pytest.raises(NoticeError, match="no longer those the notice was planned from"):
        check_plan(plan, policy_of(place), TODAY)


def test_another_promise_stops_the_sending_too(place: Path) -> None:
    plan = planned(place).plan
    versions = policy_of(place).versions
    marked = replace(versions[-1].clauses[-1], promise=Promise(days=90, by="post"))
    last = replace(versions[-1], clauses=(*versions[-1].clauses[:-1], marked))

    with pytest.raises(NoticeError, match="is marked to promise something else"):
        check_plan(plan, replace(policy_of(place), versions=(*versions[:-1], last)), TODAY)


def test_a_plan_of_an_earlier_smallprint_is_held_by_the_hash_it_has(place: Path) -> None:
    """Some of its recipients may have been written to already: refused, the others would never be."""
    policy = policy_of(place)
    versions = {str(version.version_id): version for version in policy.versions}
    plan = planned(place).plan
    words = {name: legacy_fingerprint_of(versions[name]) for name in plan.words}
    plan = seal(msgspec.structs.replace(plan, words=words))
    check_plan(plan, policy, TODAY)
    edit(place / "content" / POLICY / f"{VERSION}.md", "privacy statement", "**privacy** statement")

    with pytest.raises(NoticeError, match="no longer those the notice was planned from"):
        check_plan(plan, policy_of(place), TODAY)


def test_a_promise_that_runs_out_before_sending_stops_it(place: Path) -> None:
    plan = planned(place, day=dt.date(2020, 2, 1)).plan

    with pytest.raises(NoticeError, match=r"took effect on 2020-02-10"):
        check_plan(plan, policy_of(place), dt.date(2020, 2, 11))


def test_people_who_change_after_planning_stop_the_sending_and_a_file_that_is_gone_does_not(place: Path) -> None:
    plan = planned(place).plan
    check_recipients(plan)
    with (place / "people.csv").open("a", encoding="utf-8") as file:
        file.write("eve@people.example,,\n")

    with pytest.raises(NoticeError, match="was changed since"):
        check_recipients(plan)
    (place / "people.csv").unlink()
    check_recipients(plan)


def _plan_and_die(place: str, point: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    os.chdir(place)
    points.reached = reached
    planned(Path(place))


@pytest.mark.parametrize("is_again", [False, True])
@pytest.mark.parametrize("point", ["ledger-begun", "ledger-whole", "plan-written"])
def test_a_kill_while_planning_leaves_a_whole_plan_or_none(place: Path, point: str, *, is_again: bool) -> None:
    if is_again:
        planned(place)
    process = _CONTEXT.Process(target=_plan_and_die, args=(str(place), point))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL

    folder = folder_of(place)
    assert folder.path.exists() == (is_again or point == "plan-written")
    if folder.path.exists():
        assert read_plan(folder.plan).recipients.planned == len(states(folder.ledger))
    plan = planned(place).plan
    assert json.loads(folder.plan.read_text(encoding="utf-8"))["sha256"] == plan.sha256
    assert [path.name for path in folder.path.parent.iterdir()] == [VERSION]

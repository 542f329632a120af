"""Goals on figures that came by a file: judged as such, and told up to which day they go."""

from __future__ import annotations

from tests.support.program import Program


def imported(program: Program, text: str) -> None:
    path = program.folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    program.ok("import", str(path), "--account", "vk:zerno")


def test_what_a_file_brought_is_data_with_a_day_of_its_own(cafe: Program) -> None:
    goal = ("--metric", "audience", "--kind", "gain", "--amount", "300", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "зерно", *goal, "--start", "1.11")
    rows = "".join(f"2026-11-{day:02},{4800 + day}\n" for day in range(1, 19))
    imported(cafe, "day,audience\n" + rows)
    (judged,) = cafe.ok("goal", "list", "--json").json()
    assert judged["status"] == "unlikely"
    assert "данные до 18.11, из файла" in cafe.ok("goal", "show", "1").out


def test_figures_of_long_ago_are_old_and_not_missing(cafe: Program) -> None:
    imported(cafe, "day,audience\n2026-06-29,480\n2026-06-30,481\n")
    goal = ("--metric", "audience", "--kind", "reach_level", "--amount", "900", "--deadline", "30.11")
    cafe.ok("goal", "add", "--client", "зерно", *goal)
    (judged,) = cafe.ok("goal", "list", "--json").json()
    assert (judged["status"], judged["current"]) == ("stale", 481)
    assert "Данные до 30.06, из файла" in cafe.ok("goal", "show", "1").out


def test_figures_of_posts_may_be_given_by_the_day(cafe: Program) -> None:
    for metric, kind, amount in (
        ("likes", "total_in_period", "30"),
        ("engagement_rate", "average", "3"),
        ("views", "average", "300"),
    ):
        goal = ("--metric", metric, "--kind", kind, "--amount", amount, "--deadline", "30.11")
        cafe.ok("goal", "add", "--client", "зерно", *goal, "--start", "20.11")
    text = "day,likes,engagement_rate,views\n2026-11-20,7,2.5,100\n2026-11-21,8,3.5,300\n"
    imported(cafe, text)
    likes, rate, views = (cafe.ok("goal", "show", str(number), "--json").json() for number in (1, 2, 3))
    assert (likes["current"], rate["current"]) == (15, 3)
    assert views["current"] is None, "what a day brought is not what a post has"

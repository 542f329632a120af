"""The article's scene: a month of good figures, and hardly a word about what the client wanted."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.program import Program
from wording.words import NBSP

CLIENT = "Кофейня «Зерно»"
TERMS = """
[[priorities]]
text = "распродать старую партию"

[[topics]]
topic = "старая партия"
format = "post"
amount = 12
period = "month"
priority = 1
"""
FIRST = date(2026, 10, 26)


def month_of_figures() -> str:
    """Followers from day to day, 500 more at the end, and a post about other things every working day."""
    rows = ["account,day,audience,post,published_at,text"]
    for offset in range(29):
        day = FIRST + timedelta(days=offset)
        rows.append(f"zerno,{day},{4812 + offset * 500 // 28},,,")
        if day.weekday() < 5:
            rows.append(f"zerno,,,{offset + 1},{day}T09:00:00,Доброе утро! Новый рецепт латте")
    return "\n".join(rows)


def test_the_first_warning_says_what_the_client_will_ask(ready: Program) -> None:
    ready.ok("client", "add", CLIENT)
    terms, figures = ready.folder / "terms.toml", ready.folder / "month.csv"
    terms.write_text(TERMS, encoding="utf-8")
    figures.write_text(month_of_figures(), encoding="utf-8")
    ready.ok("agreement", "edit", "зерно", "--file", str(terms), "--reason", "договорились")
    ready.ok("agreement", "accept", "зерно", "--by", "Ольга", "--on", "2026-11-01")
    ready.ok("import", str(figures), "--client", "зерно", "--network", "vk")

    assert ready.ok("goal", "list", "--json").json() == []
    shown = ready.ok("warnings").out.replace(NBSP, " ").splitlines()
    sentence = "Цифры растут, а про «старую партию» за месяц 0 постов из 12"
    assert shown[0].startswith(f"  1. ▲ {CLIENT} · {sentence} (+500 подписчиков за 4 недели")
    assert "→ Поставьте в план публикацию на эту тему" in shown[1]

    first = ready.ok("warnings", "--json").json()[0]
    assert (first["rule"], first["severity"], first["topic"]) == ("wrong_work", "high", "старая партия")
    assert first["sentence"].replace(NBSP, " ").startswith(sentence)

    (task,) = [task for task in ready.ok("today", "--json").json() if task["kind"] == "publish"]
    assert (task["goal_id"], task["planned"]) == (None, 0)
    assert task["what"] == "пост про «старую партию»"
    assert "Опубликовать 2, в плане 0 · пост про «старую партию»" in ready.ok("today").out

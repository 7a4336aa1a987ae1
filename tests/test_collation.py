"""Names are sorted as readers look them up, on every machine alike."""

from __future__ import annotations

from teikit.collation import sort_key


def test_russian_letters_come_in_the_order_of_the_alphabet_with_yo_as_ye() -> None:
    words = "ада еда ѣда ёж ёлка Ель ель Жук жук зиф Иван йод кот".split()
    shuffled = words[7:] + words[:7]
    assert sorted(shuffled, key=sort_key) == words


def test_french_accents_count_only_where_the_letters_are_equal() -> None:
    words = ["zola", "été", "etc", "état", "École", "ecole", "Élu", "œuvre", "ordre"]
    assert sorted(words, key=sort_key) == [
        *("ecole", "École", "Élu", "état", "etc", "été", "œuvre", "ordre", "zola"),
    ]


def test_punctuation_does_not_count() -> None:
    assert sorted(["« Perle »", "Ordre", "Quai"], key=sort_key) == ["Ordre", "« Perle »", "Quai"]

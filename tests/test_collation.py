"""Names are sorted as readers look them up, on every machine alike."""

from __future__ import annotations

import random

import pytest

from teikit.collation import fold, sort_key

# The alphabets as schools teach them.
ALPHABETS = {
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "da": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "hr": "a b c č ć d đ e f g h i j k l m n o p r s š t u v z ž",
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "sr": "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
}


@pytest.mark.parametrize("lang", ALPHABETS)
def test_each_language_has_its_own_alphabet(lang: str) -> None:
    letters = ALPHABETS[lang].split()
    words = [f"{first}{second}" for first in letters for second in (letters[1], letters[-1])]
    shuffled = random.Random(lang).sample(words, len(words))
    assert sorted(shuffled, key=lambda word: sort_key(word, lang)) == words


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("pl", "Lutz|Łaski|Mann"),
        ("de", "Lasker|Łaski|Lassalle|Müller|Mulzer|Öttinger|Otto|Straße|Strasser"),
        ("fr", "Charles|Châtel|Élisée|Émile|Ernest|Œdipe|Œuvre|Olga"),
        ("uk", "Ганна|Ґонта|Дорошенко|Іваненко|Їжакевич|Йосипенко|Яворницький"),
        ("ru", "Ёлкин|Ельцин|Емельянов|Иванов|Ілларіоновъ|Ильин|Йоффе|Ющенко"),
        ("ru", "Marx|Zetkin|Адлер"),
    ],
)
def test_names_come_in_the_order_of_their_language(lang: str, names: str) -> None:
    expected = names.split("|")
    shuffled = random.Random(names).sample(expected, len(expected))
    assert sorted(shuffled, key=lambda name: sort_key(name, lang)) == expected


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


@pytest.mark.parametrize(
    "names",
    [
        "Wolf, Galina|Wolf, Hugo|Wolf-Ferrari, Ermanno|Wolf Meyer, A.|Wolfe, Thomas",
        "Goethe, Johann Wolfgang von|Goethe, Ottilie von|Goetz, Curt",
        "Иванов, Иван Иванович|Иванов, Иван Петрович|Иванов, Пётр|Иванов-Разумник|Иванова, Анна",
        "Da Ponte, Lorenzo|D’Annunzio, Gabriele|Dante",
    ],
)
def test_a_surname_comes_before_the_longer_ones_that_begin_with_it(names: str) -> None:
    expected = names.split("|")
    shuffled = random.Random(names).sample(expected, len(expected))
    assert sorted(shuffled, key=sort_key) == expected


def test_two_spellings_of_one_name_fold_to_one() -> None:
    assert fold("MÜLLER,  Hans") == fold("Muller Hans") == "muller hans"
    assert fold("Алёна") == fold("Алена")
    assert fold("Йод") != fold("Иод")
    assert fold("D’Artagnan") == fold("d'Artagnan")

"""What pictures say in the language of the interface; English where a language is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teikit import days
from teikit.header import DateValue

_WORDS: Mapping[str, Mapping[str, str]] = {
    "map": {"fr": "Carte des lieux", "ru": "Карта мест", "en": "Map of the places"},
    "timeline": {
        "fr": "Chronologie des documents",
        "ru": "Хронология документов",
        "en": "Timeline of the documents",
    },
    "lives": {
        "fr": "Chronologie des vies",
        "ru": "Хронология жизней",
        "en": "Timeline of the lives",
    },
    "network": {
        "fr": "Réseau des personnes et des groupes",
        "ru": "Сеть лиц и групп",
        "en": "Network of persons and groups",
    },
    "map-about": {
        "fr": "L’aire de chaque cercle est proportionnelle au nombre des mentions. "
        "Terres émergées seulement, sans frontières.",
        "ru": "Площадь круга пропорциональна числу упоминаний. Показана только суша, без границ.",
        "en": "The area of each circle is proportional to the number of mentions. "
        "Land only, without borders.",
    },
    "timeline-about": {
        "fr": "Un trait pointillé va de la première à la dernière date possible.",
        "ru": "Пунктир идёт от первой до последней возможной даты.",
        "en": "A dashed line runs from the first to the last date that is possible.",
    },
    "lives-about": {
        "fr": "Une ligne par personne, de la naissance à la mort ; en pointillé ce qui n’est "
        "pas connu.",
        "ru": "Одна строка на человека, от рождения до смерти; пунктиром — неизвестное.",
        "en": "One line a person, from birth to death; dashed where nothing is known.",
    },
    "network-about": {
        "fr": "L’aire de chaque signe est proportionnelle au nombre des mentions, la largeur d’un "
        "trait croît avec le nombre des passages.",
        "ru": "Площадь знака пропорциональна числу упоминаний, ширина линии растёт с числом "
        "отрывков.",
        "en": "The area of each sign is proportional to the number of mentions, the width of a "
        "line grows with the number of passages.",
    },
    "place": {"fr": "Lieu", "ru": "Место", "en": "Place"},
    "mentions": {"fr": "Mentions", "ru": "Упоминания", "en": "Mentions"},
    "latitude": {"fr": "Latitude", "ru": "Широта", "en": "Latitude"},
    "longitude": {"fr": "Longitude", "ru": "Долгота", "en": "Longitude"},
    "document": {"fr": "Document", "ru": "Документ", "en": "Document"},
    "person": {"fr": "Personne", "ru": "Лицо", "en": "Person"},
    "org": {"fr": "Groupe", "ru": "Группа", "en": "Group"},
    "date": {"fr": "Date", "ru": "Дата", "en": "Date"},
    "what": {"fr": "Fait", "ru": "Событие", "en": "What"},
    "from": {"fr": "De", "ru": "От", "en": "From"},
    "to": {"fr": "À", "ru": "К", "en": "To"},
    "bond": {"fr": "Lien", "ru": "Связь", "en": "Link"},
    "weight": {"fr": "Passages", "ru": "Отрывки", "en": "Passages"},
    "undated": {"fr": "sans date", "ru": "без даты", "en": "undated"},
    "no-point": {
        "fr": "Sans coordonnées, dans le tableau seulement :",
        "ru": "Без координат, только в таблице:",
        "en": "Without coordinates, in the table only:",
    },
    "no-date": {
        "fr": "Sans date, dans le tableau seulement :",
        "ru": "Без даты, только в таблице:",
        "en": "Undated, in the table only:",
    },
    "strongest": {
        "fr": "Les {n} signes les plus mentionnés sur {all} sont dessinés ; les autres sont dans "
        "le tableau.",
        "ru": "Изображены {n} наиболее упоминаемых из {all}; остальные в таблице.",
        "en": "Drawn are the {n} most mentioned of {all}; the others are in the table.",
    },
    "unlabelled": {
        "fr": "Sans étiquette faute de place :",
        "ru": "Без подписи за недостатком места:",
        "en": "Without a label for want of space:",
    },
    "sentTo": {"fr": "lettre envoyée", "ru": "письмо", "en": "letter sent"},
    "coMention": {
        "fr": "nommés dans un même passage",
        "ru": "названы в одном отрывке",
        "en": "named in one passage",
    },
    "relation": {"fr": "relation", "ru": "отношение", "en": "relation"},
    "member": {"fr": "appartenance", "ru": "принадлежность", "en": "membership"},
    "birth": {"fr": "naissance", "ru": "рождение", "en": "birth"},
    "death": {"fr": "mort", "ru": "смерть", "en": "death"},
    "event": {"fr": "événement", "ru": "событие", "en": "event"},
    "floruit": {"fr": "activité", "ru": "деятельность", "en": "active"},
    "residence": {"fr": "séjour", "ru": "проживание", "en": "residence"},
    "occupation": {"fr": "profession", "ru": "занятие", "en": "occupation"},
    "education": {"fr": "études", "ru": "учёба", "en": "education"},
    "affiliation": {"fr": "appartenance", "ru": "членство", "en": "membership"},
    "state": {"fr": "état", "ru": "состояние", "en": "state"},
    "trait": {"fr": "trait", "ru": "свойство", "en": "trait"},
    "arrest": {"fr": "arrestation", "ru": "арест", "en": "arrest"},
    "ban": {"fr": "interdiction de séjour", "ru": "запрет проживания", "en": "ban on residence"},
    "clandestine-work": {
        "fr": "travail clandestin",
        "ru": "подпольная работа",
        "en": "clandestine work",
    },
    "break": {"fr": "rupture", "ru": "разрыв", "en": "break"},
    "exile": {"fr": "exil", "ru": "ссылка", "en": "exile"},
    "expulsion": {"fr": "exclusion", "ru": "исключение", "en": "expulsion"},
    "release": {"fr": "libération", "ru": "освобождение", "en": "release"},
    "seizure": {"fr": "saisie", "ru": "изъятие", "en": "seizure"},
    "sentence": {"fr": "condamnation", "ru": "приговор", "en": "sentence"},
    "marriage": {"fr": "mariage", "ru": "брак", "en": "marriage"},
    "travel": {"fr": "voyage", "ru": "поездка", "en": "journey"},
    "other": {"fr": "autre", "ru": "прочее", "en": "other"},
    "before": {"fr": "pas après {0}", "ru": "не позднее {0}", "en": "{0} at the latest"},
    "after": {"fr": "pas avant {0}", "ru": "не ранее {0}", "en": "{0} at the earliest"},
    "between": {
        "fr": "entre {0} et {1}",
        "ru": "не ранее {0} и не позднее {1}",
        "en": "between {0} and {1}",
    },
    "since": {"fr": "depuis {0}", "ru": "начиная с {0}", "en": "from {0}"},
    "until": {"fr": "{0} au plus tard", "ru": "до {0}", "en": "until {0}"},
    "through": {"fr": "{0} – {1}", "ru": "{0} — {1}", "en": "{0} – {1}"},
    "km": {"fr": "km", "ru": "км", "en": "km"},
    "bc": {"fr": "av. n. è.", "ru": "до н. э.", "en": "BC"},
}
_COUNTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mention": {
        "fr": ("mention", "mentions"),
        "ru": ("упоминание", "упоминания", "упоминаний"),
        "en": ("mention", "mentions"),
    },
    "document": {
        "fr": ("document", "documents"),
        "ru": ("документ", "документа", "документов"),
        "en": ("document", "documents"),
    },
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_ALONE = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, ``fr``, ``ru`` or ``en``."""

    language: str

    def __call__(self, key: str, *values: object, **named: object) -> str:
        """The words for a key; of a key that is not known, the key itself, as the data has it."""
        found = _WORDS.get(key, {}).get(self.language, key)
        return found.format(*values, **named) if values or named else found

    def knows(self, key: str) -> bool:
        """Whether there are words for the key."""
        return key in _WORDS

    def counted(self, count: int, key: str) -> str:
        """“3 mentions”, by the rules of plurals in Unicode CLDR."""
        forms = _COUNTED[key][self.language]
        if self.language == "fr":
            at = 0 if count < 2 else 1
        elif self.language == "en":
            at = 0 if count == 1 else 1
        elif count % 10 == 1 and count % 100 != 11:
            at = 0
        else:
            at = 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
        return f"{count} {forms[at]}"

    def month(self, month: int) -> str:
        """A month by itself, cut to what fits an axis."""
        return (_ALONE.get(self.language) or _MONTHS[self.language]).split()[month - 1]

    def day(self, iso: str) -> str:
        """An ISO 8601 date in words: “15 février 1932”; what is no date stays as it is."""
        span = days.span(iso)
        if span is None:
            return iso
        (year, month, day), last = span
        # The year 0000 is the year 1 BC.
        written = str(year) if year > 0 else f"{1 - year} {self('bc')}"
        if last[1] != month:
            return written
        if last[2] != day:
            return f"{self.month(month)} {written}"
        shown = "1er" if self.language == "fr" and day == 1 else str(day)
        return f"{shown} {_MONTHS[self.language].split()[month - 1]} {written}"

    def date(self, date: DateValue) -> str:
        """A date with its limits in words."""
        first, last = date.start or date.not_before, date.end or date.not_after
        if date.when or (first and first == last):
            return self.day(date.when or first)
        stated = bool(date.start or date.end)
        if first and last:
            if stated:
                return self("through", self.day(first), self.day(last))
            return self("between", self._bound(first), self._bound(last))
        if first:
            return self("since" if stated else "after", self._bound(first))
        return self("until" if stated else "before", self._bound(last)) if last else ""

    def _bound(self, iso: str) -> str:
        """A date after a word that governs it: “le 3 avril 1932”, “апреля 1932 г.”."""
        said, span = self.day(iso), days.span(iso)
        if span is None or self.language == "en":
            return said
        (_, month, day), last = span
        if self.language == "fr":
            return f"le {said}" if last[1] == month and last[2] == day else said
        if last[1] == month and last[2] != day:
            said = said.replace(self.month(month), _MONTHS["ru"].split()[month - 1], 1)
        return f"{said} г."


def wording(language: str) -> Wording:
    """The words for a language as BCP 47 has it (``fr``, ``ru-petr1708``)."""
    short = language.lower().partition("-")[0]
    return Wording(short if short in ("fr", "ru") else "en")

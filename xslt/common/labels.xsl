<?xml version="1.0" encoding="UTF-8"?>
<!-- Words that the outputs add to the text, in the languages that teikit speaks. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:shipped-labels" as="map(xs:string, map(xs:string, xs:string))" select="map {
    'contents':     map { 'en': 'Contents', 'fr': 'Table des matières', 'ru': 'Содержание' },
    'documents':    map { 'en': 'Documents', 'fr': 'Documents', 'ru': 'Документы' },
    'index':        map { 'en': 'Index', 'fr': 'Index', 'ru': 'Указатели' },
    'person':       map { 'en': 'Persons', 'fr': 'Personnes', 'ru': 'Лица' },
    'place':        map { 'en': 'Places', 'fr': 'Lieux', 'ru': 'Места' },
    'org':          map { 'en': 'Organisations', 'fr': 'Organisations', 'ru': 'Организации' },
    'work':         map { 'en': 'Works', 'fr': 'Œuvres', 'ru': 'Произведения' },
    'event':        map { 'en': 'Events', 'fr': 'Événements', 'ru': 'События' },
    'original':     map { 'en': 'Original', 'fr': 'Original', 'ru': 'Оригинал' },
    'translation':  map { 'en': 'Translation', 'fr': 'Traduction', 'ru': 'Перевод' },
    'ru':           map { 'en': 'Russian', 'fr': 'russe', 'ru': 'русский' },
    'fr':           map { 'en': 'French', 'fr': 'français', 'ru': 'французский' },
    'en':           map { 'en': 'English', 'fr': 'anglais', 'ru': 'английский' },
    'de':           map { 'en': 'German', 'fr': 'allemand', 'ru': 'немецкий' },
    'notes':        map { 'en': 'Notes', 'fr': 'Notes', 'ru': 'Примечания' },
    'note':         map { 'en': 'Note', 'fr': 'Note', 'ru': 'Примечание' },
    'back-to-text': map { 'en': 'Back to the text', 'fr': 'Retour au texte', 'ru': 'Назад к тексту' },
    'corrections':  map { 'en': 'Corrections', 'fr': 'Corrections', 'ru': 'Исправления' },
    'printed':      map { 'en': 'the source has', 'fr': 'la source porte', 'ru': 'в источнике' },
    'corrected':    map { 'en': 'read', 'fr': 'lire', 'ru': 'следует читать' },
    'certainty':    map { 'en': 'certainty', 'fr': 'certitude', 'ru': 'достоверность' },
    'high':         map { 'en': 'high', 'fr': 'haute', 'ru': 'высокая' },
    'medium':       map { 'en': 'medium', 'fr': 'moyenne', 'ru': 'средняя' },
    'low':          map { 'en': 'low', 'fr': 'faible', 'ru': 'низкая' },
    'paragraph':    map { 'en': 'Paragraph', 'fr': 'Paragraphe', 'ru': 'Абзац' },
    'cite':         map { 'en': 'How to cite', 'fr': 'Comment citer', 'ru': 'Как цитировать' },
    'author':       map { 'en': 'Author', 'fr': 'Auteur', 'ru': 'Автор' },
    'sender':       map { 'en': 'Sender', 'fr': 'Expéditeur', 'ru': 'Отправитель' },
    'recipient':    map { 'en': 'Recipient', 'fr': 'Destinataire', 'ru': 'Адресат' },
    'translator':   map { 'en': 'Translator', 'fr': 'Traducteur', 'ru': 'Переводчик' },
    'date':         map { 'en': 'Date', 'fr': 'Date', 'ru': 'Дата' },
    'enclosure':    map { 'en': 'Enclosure', 'fr': 'Pièce jointe', 'ru': 'Приложение' },
    'enclosedIn':   map { 'en': 'Enclosed in', 'fr': 'Joint à', 'ru': 'Приложено к' },
    'absent':       map { 'en': 'announced, absent', 'fr': 'annoncée, absente', 'ru': 'объявлено, отсутствует' },
    'shelfmark':    map { 'en': 'Shelfmark', 'fr': 'Cote', 'ru': 'Шифр' },
    'fond':         map { 'en': 'fond', 'fr': 'fonds', 'ru': 'Ф.' },
    'opis':         map { 'en': 'opis', 'fr': 'inventaire', 'ru': 'Оп.' },
    'delo':         map { 'en': 'delo', 'fr': 'dossier', 'ru': 'Д.' },
    'list':         map { 'en': 'leaves', 'fr': 'feuillets', 'ru': 'Л.' },
    'tei':          map { 'en': 'TEI', 'fr': 'TEI', 'ru': 'TEI' },
    'text':         map { 'en': 'text', 'fr': 'texte', 'ru': 'текст' },
    'mentions':     map { 'en': 'mentions', 'fr': 'mentions', 'ru': 'упоминания' },
    'mention':      map { 'en': 'mention', 'fr': 'mention', 'ru': 'упоминание' },
    'no-mention':   map { 'en': 'not mentioned in the texts', 'fr': 'pas de mention dans les textes', 'ru': 'в текстах не упоминается' },
    'head':         map { 'en': 'head', 'fr': 'titre', 'ru': 'заголовок' },
    'opener':       map { 'en': 'opening', 'fr': 'en-tête', 'ru': 'начало' },
    'closer':       map { 'en': 'signature', 'fr': 'signature', 'ru': 'подпись' },
    'ab':           map { 'en': 'text', 'fr': 'texte', 'ru': 'текст' },
    'p':            map { 'en': 'paragraph', 'fr': 'paragraphe', 'ru': 'абзац' },
    'sp':           map { 'en': 'speech', 'fr': 'réplique', 'ru': 'реплика' },
    'stage':        map { 'en': 'stage direction', 'fr': 'didascalie', 'ru': 'ремарка' },
    'castList':     map { 'en': 'cast', 'fr': 'distribution', 'ru': 'действующие лица' },
    'lg':           map { 'en': 'stanza', 'fr': 'strophe', 'ru': 'строфа' },
    'l':            map { 'en': 'verse', 'fr': 'vers', 'ru': 'стих' },
    'quote':        map { 'en': 'quotation', 'fr': 'citation', 'ru': 'цитата' },
    'figure':       map { 'en': 'picture', 'fr': 'figure', 'ru': 'рисунок' },
    'titlePage':    map { 'en': 'title page', 'fr': 'page de titre', 'ru': 'титульный лист' },
    'postscript':   map { 'en': 'postscript', 'fr': 'post-scriptum', 'ru': 'постскриптум' },
    'front':        map { 'en': 'front matter', 'fr': 'liminaire', 'ru': 'вводная часть' },
    'back':         map { 'en': 'archival notes', 'fr': 'mentions d’archives', 'ru': 'архивные пометы' },
    'previous':     map { 'en': 'Previous document', 'fr': 'Document précédent', 'ru': 'Предыдущий документ' },
    'next':         map { 'en': 'Next document', 'fr': 'Document suivant', 'ru': 'Следующий документ' },
    'skip':         map { 'en': 'Skip to the text', 'fr': 'Aller au texte', 'ru': 'К тексту' },
    'birth':        map { 'en': 'born', 'fr': 'naissance', 'ru': 'род.' },
    'death':        map { 'en': 'died', 'fr': 'mort', 'ru': 'ум.' },
    'download':     map { 'en': 'Download', 'fr': 'Télécharger', 'ru': 'Скачать' },
    'citation-style': map { 'en': 'Form', 'fr': 'Forme', 'ru': 'Форма' },
    'style-plain':  map { 'en': 'Plain', 'fr': 'Simple', 'ru': 'Простая' },
    'style-gost':   map { 'en': 'GOST R 7.0.5', 'fr': 'GOST R 7.0.5', 'ru': 'ГОСТ Р 7.0.5' },
    'style-archival-fr': map { 'en': 'French archival', 'fr': 'Archives (français)', 'ru': 'Архивная французская' },
    'style-chicago': map { 'en': 'Chicago', 'fr': 'Chicago', 'ru': 'Чикагская' },
    'copy':         map { 'en': 'Copy', 'fr': 'Copier', 'ru': 'Копировать' },
    'copied':       map { 'en': 'Copied', 'fr': 'Copié', 'ru': 'Скопировано' },
    'copy-link':    map { 'en': 'Copy the link', 'fr': 'Copier le lien', 'ru': 'Копировать ссылку' },
    'references':   map { 'en': 'For reference managers', 'fr': 'Pour les logiciels de références', 'ru': 'Для библиографических менеджеров' },
    'modern':       map { 'en': 'today', 'fr': 'aujourd’hui', 'ru': 'ныне' },
    'closeMatch':   map { 'en': 'close match', 'fr': 'proche', 'ru': 'близкое соответствие' },
    'gap':          map { 'en': 'gap', 'fr': 'lacune', 'ru': 'пропуск' },
    'preface':      map { 'en': 'Preface', 'fr': 'Préface', 'ru': 'Предисловие' },
    'principles':   map { 'en': 'Note on the edition', 'fr': 'Note sur l’édition', 'ru': 'Об издании' },
    'omitted':      map { 'en': 'omitted', 'fr': 'omis', 'ru': 'опущено' },
    'image':        map { 'en': 'image', 'fr': 'image', 'ru': 'изображение' },
    'page-short':   map { 'en': 'p.', 'fr': 'p.', 'ru': 'с.' },
    'note-short':   map { 'en': 'n.', 'fr': 'n.', 'ru': 'прим.' },
    'diplomatic':   map { 'en': 'Diplomatic reading', 'fr': 'Texte diplomatique', 'ru': 'Дипломатическое воспроизведение' },
    'letters':      map { 'en': 'Letters', 'fr': 'Lettres', 'ru': 'Буквы' },
    'chronology':   map { 'en': 'Chronology', 'fr': 'Chronologie', 'ru': 'Хронология' },
    'mentions-title': map { 'en': 'In the texts', 'fr': 'Dans les textes', 'ru': 'В текстах' },
    'identifiers':  map { 'en': 'Elsewhere', 'fr': 'Ailleurs', 'ru': 'В других источниках' },
    'coordinates':  map { 'en': 'Latitude, longitude', 'fr': 'Latitude, longitude', 'ru': 'Широта, долгота' },
    'names-variant': map { 'en': 'Also', 'fr': 'Aussi', 'ru': 'Также' },
    'names-full':   map { 'en': 'In full', 'fr': 'En toutes lettres', 'ru': 'Полностью' },
    'names-initials': map { 'en': 'Initials', 'fr': 'Initiales', 'ru': 'Инициалы' },
    'names-modern': map { 'en': 'Today', 'fr': 'Aujourd’hui', 'ru': 'Ныне' },
    'relation-partOf-active': map { 'en': 'Part of', 'fr': 'Fait partie de', 'ru': 'Входит в' },
    'relation-partOf-passive': map { 'en': 'Parts', 'fr': 'Comprend', 'ru': 'Включает' },
    'show':         map { 'en': 'Show', 'fr': 'Afficher', 'ru': 'Показать' },
    'side-by-side': map { 'en': 'side by side', 'fr': 'côte à côte', 'ru': 'рядом' },
    'reading':      map { 'en': 'Reading', 'fr': 'Lecture', 'ru': 'Чтение' },
    'reading-corrected': map { 'en': 'corrected', 'fr': 'corrigée', 'ru': 'исправленное' },
    'reading-diplomatic': map { 'en': 'diplomatic', 'fr': 'diplomatique', 'ru': 'дипломатическое' },
    'mention-before': map { 'en': 'previous mention', 'fr': 'mention précédente', 'ru': 'предыдущее упоминание' },
    'mention-after': map { 'en': 'next mention', 'fr': 'mention suivante', 'ru': 'следующее упоминание' },
    'about':        map { 'en': 'About', 'fr': 'À propos', 'ru': 'Об издании' },
    'introduction': map { 'en': 'Introduction', 'fr': 'Introduction', 'ru': 'Введение' },
    'made':         map { 'en': 'How the text was made', 'fr': 'Comment le texte a été établi', 'ru': 'Как подготовлен текст' },
    'rights':       map { 'en': 'Rights', 'fr': 'Droits', 'ru': 'Права' },
    'cite-hint':    map { 'en': 'A passage is cited by the number of its paragraph, which all versions share; the number is a link to it.',
                          'fr': 'Un passage se cite par le numéro de son paragraphe, commun à toutes les versions ; ce numéro est un lien vers lui.',
                          'ru': 'Место цитируется по номеру абзаца, общему для всех версий; номер служит ссылкой на него.' },
    'emendations':  map { 'en': 'Emendations', 'fr': 'Corrections', 'ru': 'Исправления' },
    'emendations-hint': map { 'en': 'Every place where the edition reads something other than its source: the reading of the edition, then what the source has.',
                          'fr': 'Tous les lieux où l’édition lit autre chose que sa source : la leçon de l’édition, puis celle de la source.',
                          'ru': 'Все места, где издание читает иначе, чем источник: чтение издания, затем чтение источника.' },
    'divergences':  map { 'en': 'Where the translation differs', 'fr': 'Écarts de la traduction', 'ru': 'Расхождения перевода' },
    'divergences-short': map { 'en': 'Divergences', 'fr': 'Écarts', 'ru': 'Расхождения' },
    'divergences-hint': map { 'en': 'The notes of the editors on places where the translation says something other than the original, the weightier first.',
                          'fr': 'Les notes des éditeurs sur les lieux où la traduction dit autre chose que l’original, les plus graves d’abord.',
                          'ru': 'Примечания издателей к местам, где перевод расходится с оригиналом, сначала более важные.' },
    'weight-serious': map { 'en': 'serious', 'fr': 'grave', 'ru': 'существенное' },
    'weight-minor': map { 'en': 'minor', 'fr': 'mineure', 'ru': 'незначительное' },
    'statistics':   map { 'en': 'Statistics', 'fr': 'Statistiques', 'ru': 'Статистика' },
    'document-one': map { 'en': 'Document', 'fr': 'Document', 'ru': 'Документ' },
    'language':     map { 'en': 'Language', 'fr': 'Langue', 'ru': 'Язык' },
    'units':        map { 'en': 'Passages', 'fr': 'Passages', 'ru': 'Места' },
    'word-count':   map { 'en': 'Words', 'fr': 'Mots', 'ru': 'Слова' },
    'entries':      map { 'en': 'Entries', 'fr': 'Entrées', 'ru': 'Статьи' },
    'decl-projectDesc': map { 'en': 'The project', 'fr': 'Le projet', 'ru': 'Проект' },
    'decl-samplingDecl': map { 'en': 'Selection', 'fr': 'Choix des textes', 'ru': 'Отбор' },
    'decl-correction': map { 'en': 'Correction', 'fr': 'Correction', 'ru': 'Исправление' },
    'decl-normalization': map { 'en': 'Normalisation', 'fr': 'Normalisation', 'ru': 'Нормализация' },
    'decl-hyphenation': map { 'en': 'Hyphenation', 'fr': 'Coupures', 'ru': 'Переносы' },
    'decl-quotation': map { 'en': 'Quotation marks', 'fr': 'Guillemets', 'ru': 'Кавычки' },
    'decl-punctuation': map { 'en': 'Punctuation', 'fr': 'Ponctuation', 'ru': 'Пунктуация' },
    'decl-segmentation': map { 'en': 'Segmentation', 'fr': 'Segmentation', 'ru': 'Членение' },
    'decl-interpretation': map { 'en': 'Interpretation', 'fr': 'Interprétation', 'ru': 'Интерпретация' },
    'decl-stdVals': map { 'en': 'Standard values', 'fr': 'Valeurs normalisées', 'ru': 'Нормированные значения' },
    'decl-p':       map { 'en': 'Editorial practice', 'fr': 'Principes', 'ru': 'Принципы' },
    'relation-connectedWith-mutual': map { 'en': 'In contact with', 'fr': 'En relation avec', 'ru': 'Связи' },
    'relation-correspondedWith-mutual': map { 'en': 'Corresponded with', 'fr': 'Correspondait avec', 'ru': 'Переписка' },
    'relation-husbandOf-active': map { 'en': 'Husband of', 'fr': 'Mari de', 'ru': 'Муж' },
    'relation-husbandOf-passive': map { 'en': 'Husband', 'fr': 'Mari', 'ru': 'Муж (кто)' },
    'relation-wifeOf-active': map { 'en': 'Wife of', 'fr': 'Femme de', 'ru': 'Жена' },
    'relation-wifeOf-passive': map { 'en': 'Wife', 'fr': 'Femme', 'ru': 'Жена (кто)' },
    'relation-spouse-mutual': map { 'en': 'Spouse', 'fr': 'Conjoint', 'ru': 'Супруг(а)' },
    'relation-parent-active': map { 'en': 'Parent of', 'fr': 'Parent de', 'ru': 'Родитель' },
    'relation-parent-passive': map { 'en': 'Child of', 'fr': 'Enfant de', 'ru': 'Ребёнок' },
    'relation-sibling-mutual': map { 'en': 'Sibling', 'fr': 'Frère ou sœur', 'ru': 'Брат или сестра' },
    'relation-led-active': map { 'en': 'Led', 'fr': 'Dirigeait', 'ru': 'Руководил(а)' },
    'relation-led-passive': map { 'en': 'Led by', 'fr': 'Dirigé par', 'ru': 'Под руководством' },
    'relation-organized-active': map { 'en': 'Organised', 'fr': 'A organisé', 'ru': 'Организатор' },
    'relation-organized-passive': map { 'en': 'Organised by', 'fr': 'Organisé par', 'ru': 'Организатор (кто)' },
    'relation-relativeOf-active': map { 'en': 'Relative of', 'fr': 'Parent de', 'ru': 'Родственник' },
    'relation-relativeOf-passive': map { 'en': 'Relative', 'fr': 'Parent', 'ru': 'Родственник' },
    'relation-representativeOf-active': map { 'en': 'Represented', 'fr': 'Représentait', 'ru': 'Представитель' },
    'relation-representativeOf-passive': map { 'en': 'Represented by', 'fr': 'Représenté par', 'ru': 'Представитель (кто)' },
    'relation-sent-active': map { 'en': 'Sent', 'fr': 'A envoyé', 'ru': 'Отправитель' },
    'relation-sent-passive': map { 'en': 'Sent by', 'fr': 'Envoyé par', 'ru': 'Отправлено' },
    'relation-sisterOf-active': map { 'en': 'Sister of', 'fr': 'Sœur de', 'ru': 'Сестра' },
    'relation-sisterOf-passive': map { 'en': 'Sister', 'fr': 'Sœur', 'ru': 'Сестра (кто)' },
    'relation-brotherOf-active': map { 'en': 'Brother of', 'fr': 'Frère de', 'ru': 'Брат' },
    'relation-brotherOf-passive': map { 'en': 'Brother', 'fr': 'Frère', 'ru': 'Брат (кто)' },
    'relation-memberOf-active': map { 'en': 'Member of', 'fr': 'Membre de', 'ru': 'Член' },
    'relation-memberOf-passive': map { 'en': 'Members', 'fr': 'Membres', 'ru': 'Члены' },
    'relation-testifiedAbout-active': map { 'en': 'Testified about', 'fr': 'A témoigné sur', 'ru': 'Дал(а) показания о' },
    'relation-testifiedAbout-passive': map { 'en': 'Named in testimony by', 'fr': 'Mis en cause par', 'ru': 'Показания против' },
    'relation-wroteTo-active': map { 'en': 'Wrote to', 'fr': 'A écrit à', 'ru': 'Писал(а)' },
    'relation-wroteTo-passive': map { 'en': 'Received letters from', 'fr': 'A reçu des lettres de', 'ru': 'Получал(а) письма от' },
    'views':        map { 'en': 'Views', 'fr': 'Vues', 'ru': 'Обзор' },
    'picture-map':  map { 'en': 'Map', 'fr': 'Carte', 'ru': 'Карта' },
    'picture-timeline': map { 'en': 'Timeline', 'fr': 'Chronologie', 'ru': 'Хронология' },
    'picture-lives': map { 'en': 'Lives', 'fr': 'Vies', 'ru': 'Биографии' },
    'picture-network': map { 'en': 'Network', 'fr': 'Réseau', 'ru': 'Связи' },
    'as-table':     map { 'en': 'The same as a table', 'fr': 'Les mêmes données en tableau', 'ru': 'Те же данные таблицей' },
    'era':          map { 'en': '# BC', 'fr': '# av. J.-C.', 'ru': '# г. до н. э.' },
    'own-name':     map { 'en': 'English', 'fr': 'français', 'ru': 'русский' },
    'interface':    map { 'en': 'Language of the site', 'fr': 'Langue du site', 'ru': 'Язык сайта' },
    'entity':       map { 'en': 'Entry', 'fr': 'Notice', 'ru': 'Статья' },
    'search':       map { 'en': 'Search', 'fr': 'Rechercher', 'ru': 'Поиск' },
    'words':        map { 'en': 'Words or names', 'fr': 'Mots ou noms', 'ru': 'Слова или имена' },
    'search-hint':  map { 'en': 'A word is found in all its forms, a name in any spelling. “Words in quotation marks” are found as they stand; a star stands for any ending: collectiv*.',
                          'fr': 'Un mot est trouvé dans toutes ses formes, un nom dans toutes ses graphies. Les mots « entre guillemets » sont cherchés tels quels ; l’astérisque remplace n’importe quelle fin : collectiv*.',
                          'ru': 'Слово находится во всех формах, имя — в любом написании. Слова «в кавычках» ищутся как написаны; звёздочка заменяет любое окончание: коллектив*.' },
    'search-script': map { 'en': 'The search needs JavaScript. Without it, the indexes lead to every mention.',
                          'fr': 'La recherche a besoin de JavaScript. Sans lui, les index mènent à chaque mention.',
                          'ru': 'Для поиска нужен JavaScript. Без него к каждому упоминанию ведут указатели.' },
    'filters':      map { 'en': 'Only in', 'fr': 'Seulement dans', 'ru': 'Только' },
    'filter-document': map { 'en': 'Document', 'fr': 'Document', 'ru': 'Документ' },
    'filter-language': map { 'en': 'Language', 'fr': 'Langue', 'ru': 'Язык' },
    'filter-person': map { 'en': 'Person', 'fr': 'Personne', 'ru': 'Лицо' },
    'filter-place': map { 'en': 'Place', 'fr': 'Lieu', 'ru': 'Место' },
    'filter-org':   map { 'en': 'Organisation', 'fr': 'Organisation', 'ru': 'Организация' },
    'filter-work':  map { 'en': 'Work', 'fr': 'Œuvre', 'ru': 'Произведение' },
    'filter-event': map { 'en': 'Event', 'fr': 'Événement', 'ru': 'Событие' },
    'filter-year':  map { 'en': 'Year', 'fr': 'Année', 'ru': 'Год' },
    'filter-notes': map { 'en': 'in notes too', 'fr': 'dans les notes aussi', 'ru': 'и в примечаниях' },
    'any':          map { 'en': 'any', 'fr': 'tous', 'ru': 'любой' },
    'reset':        map { 'en': 'Start again', 'fr': 'Recommencer', 'ru': 'Сбросить' },
    'nothing':      map { 'en': 'Nothing is found.', 'fr': 'Rien n’est trouvé.', 'ru': 'Ничего не найдено.' },
    'found':        map { 'en': '{n} passages in {d} documents', 'fr': '{n} passages dans {d} documents', 'ru': 'мест: {n}, документов: {d}' },
    'names':        map { 'en': 'Names', 'fr': 'Noms', 'ru': 'Имена' },
    'loading':      map { 'en': 'Loading …', 'fr': 'Chargement…', 'ru': 'Загрузка…' },
    'not-loaded':   map { 'en': 'The index of the search could not be loaded.', 'fr': 'L’index de la recherche n’a pas pu être chargé.', 'ru': 'Не удалось загрузить поисковый указатель.' },
    'more':         map { 'en': '{n} more', 'fr': 'encore {n}', 'ru': 'ещё {n}' },
    'no-word':      map { 'en': 'No text has “{word}”. Try:', 'fr': 'Aucun texte n’a « {word} ». Essayer :', 'ru': 'Слова «{word}» в текстах нет. Попробуйте:' },
    'fewer-words':  map { 'en': 'One word at a time:', 'fr': 'Un mot à la fois :', 'ru': 'По одному слову:' },
    'see-indexes':  map { 'en': 'Look in the indexes:', 'fr': 'Voir les index :', 'ru': 'Посмотрите указатели:' },
    'with-filters': map { 'en': 'Without the filters there are {n} passages:', 'fr': 'Sans les filtres, il y a {n} passages :', 'ru': 'Без фильтров мест: {n}.' },
    'without-filters': map { 'en': 'search everywhere', 'fr': 'chercher partout', 'ru': 'искать везде' },
    'in-passages':  map { 'en': 'named in {n} passages', 'fr': 'nommé dans {n} passages', 'ru': 'упоминается, мест: {n}' },
    'outline':      map { 'en': 'In this document', 'fr': 'Dans ce document', 'ru': 'В этом документе' },
    'table':        map { 'en': 'Table', 'fr': 'Tableau', 'ru': 'Таблица' },
    'variants':     map { 'en': 'Variants', 'fr': 'Variantes', 'ru': 'Варианты' },
    'variant':      map { 'en': 'Variant', 'fr': 'Variante', 'ru': 'Вариант' },
    'omitted-short': map { 'en': 'om.', 'fr': 'om.', 'ru': 'опущ.' },
    'column-short': map { 'en': 'col.', 'fr': 'col.', 'ru': 'стлб.' },
    'hand':         map { 'en': 'hand', 'fr': 'main', 'ru': 'рука' },
    'edition-of':   map { 'en': 'Edition of', 'fr': 'État du', 'ru': 'Редакция от' },
    'months':       map { 'en': 'January February March April May June July August September October November December',
                          'fr': 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
                          'ru': 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря' }
    }"/>

  <!-- The same with the labels of the corpus, which go before. -->
  <xsl:variable name="v:labels" as="map(xs:string, map(xs:string, xs:string))" select="
    if (empty($labels)) then $v:shipped-labels
    else map:merge((
      $v:shipped-labels,
      for $key in distinct-values($labels/t:labels/t:label/@key)
      return map { string($key): map:merge((
        $v:shipped-labels($key),
        $labels/t:labels/t:label[@key = $key] ! map { string(@lang): string(.) }), map { 'duplicates': 'use-last' }) }),
      map { 'duplicates': 'use-last' })"/>

  <!-- Whether there is a label in a language, or in English. -->
  <xsl:function name="f:has-label" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="exists($v:labels($key) ! (.(substring-before($lang || '-', '-')), .('en')))"/>
  </xsl:function>

  <!-- A label in a language, in English where that language lacks it, else the key itself. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <!-- A language tag such as ru-Latn goes by its language, and so does eng. -->
    <xsl:variable name="short" as="xs:string?" select="$v:short-codes($key)"/>
    <xsl:variable name="row" as="map(xs:string, xs:string)"
      select="($v:labels($key), $v:said($key), $short ! ($v:labels(.), $v:said(.)), $v:labels(substring-before($key || '-', '-')), $v:said(substring-before($key || '-', '-')), map {})[1]"/>
    <xsl:sequence select="f:spaced(($row(substring-before($lang || '-', '-')), $row('en'), $key)[1], $lang)"/>
  </xsl:function>

  <!-- An ISO date (yyyy, yyyy-mm or yyyy-mm-dd) in words. -->
  <xsl:function name="f:date" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <!-- ISO 8601 has a year 0000, which is 1 BC. -->
    <xsl:variable name="early" as="xs:boolean" select="matches($iso, '^(-|0000)')"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(replace($iso, '^-', ''), '-')"/>
    <!-- format-date of this processor speaks English only. -->
    <xsl:variable name="names" as="xs:string*" select="tokenize(f:label('months', $lang))"/>
    <xsl:sequence select="
      if (not(matches($iso, '^-?\d{4}(-\d\d){0,2}$'))) then $iso
      else string-join((
        if ($parts[3]) then
          if ($parts[3] = '01' and $lang = 'fr') then '1er' else string(xs:integer($parts[3])) else (),
        if ($parts[2]) then $names[xs:integer($parts[2])] else (),
        if ($early) then replace(f:label('era', $lang), '#', string(1 + xs:integer($parts[1])))
        else $parts[1] || (if ($lang = 'ru' and $parts[2]) then ' г.' else '')), ' ')"/>
  </xsl:function>

</xsl:stylesheet>

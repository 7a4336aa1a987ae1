<?xml version="1.0" encoding="UTF-8"?>
<!-- Words that the outputs add to the text, in the languages that teikit speaks. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:labels" as="map(xs:string, map(xs:string, xs:string))" select="map {
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
    'text':         map { 'en': 'text', 'fr': 'texte', 'ru': 'текст' },
    'mentions':     map { 'en': 'mentions', 'fr': 'mentions', 'ru': 'упоминания' },
    'mention':      map { 'en': 'mention', 'fr': 'mention', 'ru': 'упоминание' },
    'no-mention':   map { 'en': 'not mentioned in the texts', 'fr': 'pas de mention dans les textes', 'ru': 'в текстах не упоминается' },
    'head':         map { 'en': 'head', 'fr': 'titre', 'ru': 'заголовок' },
    'opener':       map { 'en': 'opening', 'fr': 'en-tête', 'ru': 'начало' },
    'closer':       map { 'en': 'signature', 'fr': 'signature', 'ru': 'подпись' },
    'ab':           map { 'en': 'text', 'fr': 'texte', 'ru': 'текст' },
    'p':            map { 'en': 'paragraph', 'fr': 'paragraphe', 'ru': 'абзац' },
    'front':        map { 'en': 'front matter', 'fr': 'liminaire', 'ru': 'вводная часть' },
    'back':         map { 'en': 'archival notes', 'fr': 'mentions d’archives', 'ru': 'архивные пометы' },
    'previous':     map { 'en': 'Previous document', 'fr': 'Document précédent', 'ru': 'Предыдущий документ' },
    'next':         map { 'en': 'Next document', 'fr': 'Document suivant', 'ru': 'Следующий документ' },
    'skip':         map { 'en': 'Skip to the text', 'fr': 'Aller au texte', 'ru': 'К тексту' },
    'birth':        map { 'en': 'born', 'fr': 'naissance', 'ru': 'род.' },
    'death':        map { 'en': 'died', 'fr': 'mort', 'ru': 'ум.' },
    'download':     map { 'en': 'Download', 'fr': 'Télécharger', 'ru': 'Скачать' },
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
    'edition-of':   map { 'en': 'Edition of', 'fr': 'État du', 'ru': 'Редакция от' }
    }"/>

  <!-- A label in a language, in English where that language lacks it, else the key itself. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <!-- A language tag such as ru-Latn goes by its language. -->
    <xsl:variable name="row" as="map(xs:string, xs:string)"
      select="($v:labels($key), $v:labels(substring-before($key || '-', '-')), map {})[1]"/>
    <xsl:sequence select="($row(substring-before($lang || '-', '-')), $row('en'), $key)[1]"/>
  </xsl:function>

  <!-- Month names: format-date of this processor speaks English only. -->
  <xsl:variable name="v:months" as="map(xs:string, xs:string*)" select="map {
    'en': ('January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
           'October', 'November', 'December'),
    'fr': ('janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre',
           'octobre', 'novembre', 'décembre'),
    'ru': ('января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября',
           'октября', 'ноября', 'декабря') }"/>

  <!-- An ISO date (yyyy, yyyy-mm or yyyy-mm-dd) in words. -->
  <xsl:function name="f:date" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($iso, '-')"/>
    <xsl:variable name="names" as="xs:string*" select="($v:months($lang), $v:months('en'))[position() le 12]"/>
    <xsl:sequence select="
      if (not(matches($iso, '^\d{4}(-\d\d){0,2}$'))) then $iso
      else string-join((
        if ($parts[3]) then
          if ($parts[3] = '01' and $lang = 'fr') then '1er' else string(xs:integer($parts[3])) else (),
        if ($parts[2]) then $names[xs:integer($parts[2])] else (),
        $parts[1] || (if ($lang = 'ru' and $parts[2]) then ' г.' else '')), ' ')"/>
  </xsl:function>

</xsl:stylesheet>

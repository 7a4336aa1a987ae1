"""Small schemas in RELAX NG, each with a mistake, and what is said of it.

A finding is written as one line: line and column, the message, and after bars the hints.
"""

from __future__ import annotations

from teikit.validation.relaxng.tree import RNG, XSD_TYPES

DATA = f' datatypeLibrary="{XSD_TYPES}"'


def rng(content: str, *, root: str = "grammar", attributes: str = "") -> str:
    """A schema whose content begins in line 2."""
    return f'<{root} xmlns="{RNG}"{attributes}>\n{content}\n</{root}>'


def element(content: str) -> str:
    """A schema of one element ``e`` whose content begins in line 2."""
    return rng(content, root="element", attributes=' name="e"')


ROOT = "<start><ref name='r'/></start>\n"

# name: (schema, findings). jing must refuse each of them too.
WRONG: dict[str, tuple[str, list[str]]] = {
    "misspelt element": (
        rng("<start>\n<zeroOrmore><element name='a'><empty/></element></zeroOrmore></start>"),
        [
            "3:1 <zeroOrmore> is not an element of RELAX NG | did you mean zeroOrMore?",
        ],
    ),
    "unknown element": (
        rng("<text/><not><name>a</name></not>", root="element", attributes=' name="a"'),
        [
            "2:8 <not> is not an element of RELAX NG",
        ],
    ),
    "misspelt attribute": (
        rng(ROOT + "<define nam='r'><element name='a'><empty/></element></define>"),
        [
            "3:1 <define> has no attribute nam | did you mean name?",
        ],
    ),
    "missing href": (
        rng("<include/><start><ref name='r'/></start>\n"),
        [
            "2:1 <include> lacks its attribute href",
        ],
    ),
    "pattern beside start": (
        rng(ROOT + "<element name='a'><empty/></element>"),
        [
            "3:1 <element> may not stand in <grammar> | put it into <start> or <define>",
        ],
    ),
    "start inside element": (
        rng(
            "<start><element name='a'><empty/></element></start>",
            root="element",
            attributes=' name="a"',
        ),
        [
            "2:1 <start> may not stand in <element> | <start> stands in <grammar>",
        ],
    ),
    "two patterns in start": (
        rng(
            "<start>\n"
            "<element name='a'><empty/></element>\n"
            "<element name='b'><empty/></element></start>"
        ),
        [
            "4:1 <start> holds one pattern only, and <element> is one more | put them into "
            "<group>, <choice> or <interleave>",
        ],
    ),
    "element without content": (
        rng("<start><element name='a'/></start>"),
        [
            "2:8 <element> has no content | if nothing may stand there, write <empty/>",
        ],
    ),
    "content in no namespace": (
        f'<r:element name="a" xmlns:r="{RNG}">\n<text/>\n</r:element>',
        [
            "1:1 <element> has no content | <text> in line 2 does not count: it is in no "
            "namespace; it must be in http://relaxng.org/ns/structure/1.0",
        ],
    ),
    "name twice": (
        rng("<name>b</name><text/>", root="element", attributes=' name="a"'),
        [
            "2:1 <name> may not stand in <element> | delete the attribute name of <element> "
            "or this second name",
        ],
    ),
    "no name": (
        rng("<text/>", root="element"),
        [
            '1:1 <element> says no name | write <element name="…">, or begin with <name>, '
            "<anyName> or <nsName>",
        ],
    ),
    "name is no name": (
        rng("<text/>", root="element", attributes=' name="1a"'),
        [
            "1:1 the name of <element>, “1a”, is not an XML name | a name begins with a "
            "letter or _, then come letters, digits, . - and _",
        ],
    ),
    "stray text": (
        rng("text\n<text/>", root="element", attributes=' name="a"'),
        [
            "2:1 text may not stand in <element>: “text” | text that is allowed is written "
            "<text/>, a fixed one <value>…</value>",
        ],
    ),
    "combine misspelt": (
        rng("<start combine='choise'><element name='a'><empty/></element></start>"),
        [
            "2:1 combine is choice or interleave, not “choise” | did you mean choice?",
        ],
    ),
    "relative library": (
        rng(
            "<data type='token'/>",
            root="element",
            attributes=' name="a" datatypeLibrary="XMLSchema-datatypes"',
        ),
        [
            "1:1 datatypeLibrary “XMLSchema-datatypes” is not an absolute URI without "
            "fragment | the datatypes of W3C XML Schema are "
            "http://www.w3.org/2001/XMLSchema-datatypes",
        ],
    ),
    "two exceptions": (
        rng(
            "<anyName><except><name>a</name></except>\n"
            "<except><name>b</name></except></anyName><text/>",
            root="element",
        ),
        [
            "3:1 <anyName> may hold one <except> only | put both lists into one <except>",
        ],
    ),
    "param after except": (
        rng(
            "<data type='string'><except><value>a</value></except>\n"
            "<param name='pattern'>a</param></data>",
            root="element",
            attributes=' name="a" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"',
        ),
        [
            "3:1 <param> may not follow <except> in <data>",
        ],
    ),
    "definition as root": (
        rng("<text/>", root="define", attributes=' name="a"'),
        [
            "1:1 <define> cannot be the root of a schema | put it into <grammar>",
        ],
    ),
    "element in value": (
        rng("<value>a<text/></value>", root="element", attributes=' name="a"'),
        [
            "2:9 <text> may not stand in <value> | <value> holds text only",
        ],
    ),
    "prefixed own attribute": (
        f'<r:element name="a" r:ns="x" xmlns:r="{RNG}"><r:text/></r:element>',
        [
            "1:1 the attribute ns may not have a namespace | write ns without a prefix",
        ],
    ),
    "fragment in href": (
        rng("<externalRef href='a.rng#b'/>", root="element", attributes=' name="a"'),
        [
            "2:1 href “a.rng#b” points into a file, and only whole files can be used | "
            "delete the # and what follows it",
        ],
    ),
    "undeclared prefix": (
        rng("<text/>", root="element", attributes=' name="tei:a" xmlns:te="x"'),
        [
            "1:1 the prefix of “tei:a” is not declared | did you mean te? | declare it: "
            'xmlns:tei="…"',
        ],
    ),
    "anyName in anyName": (
        rng("<anyName><except>\n<anyName/></except></anyName><text/>", root="element"),
        [
            "3:1 <anyName> may not stand in the <except> of <anyName> | what is excepted "
            "must be less than the whole",
        ],
    ),
    "nsName in nsName": (
        rng("<nsName ns='a'><except>\n<nsName ns='b'/></except></nsName><text/>", root="element"),
        [
            "3:1 <nsName> may not stand in the <except> of <nsName> | what is excepted must "
            "be less than the whole",
        ],
    ),
    "attribute xmlns": (
        rng("<attribute name='xmlns'/>", root="element", attributes=' name="a"'),
        [
            "2:1 a namespace declaration (xmlns) is no attribute and cannot be described | "
            "delete this pattern: declarations are always allowed",
        ],
    ),
    "attribute of the namespace of declarations": (
        rng(
            "<zeroOrMore><attribute>\n"
            "<nsName ns='http://www.w3.org/2000/xmlns'/></attribute></zeroOrMore>",
            root="element",
            attributes=' name="a"',
        ),
        [
            "3:1 a namespace declaration (xmlns) is no attribute and cannot be described | "
            "delete this pattern: declarations are always allowed",
        ],
    ),
    "defined twice": (
        rng(
            ROOT + "<define name='r'><element name='a'><empty/></element></define>\n"
            "<define name='r'><element name='b'><empty/></element></define>"
        ),
        [
            "4:1 “r” is defined twice: also in line 3 | delete one, or write "
            'combine="choice" (or "interleave") on one',
        ],
    ),
    "combined in two ways": (
        rng(
            ROOT
            + "<define name='r' combine='choice'><element name='a'><empty/></element></define>\n"
            "<define name='r' combine='interleave'><element "
            "name='b'><empty/></element></define>"
        ),
        [
            "4:1 “r” is combined by interleave here, but by choice in line 3 | all parts "
            "must name the same method",
        ],
    ),
    "started twice": (
        rng(
            "<start><element name='a'><empty/></element></start>\n"
            "<start><element name='b'><empty/></element></start>"
        ),
        [
            "3:1 <start> is defined twice: also in line 2 | delete one, or write "
            'combine="choice" (or "interleave") on one',
        ],
    ),
    "no start": (
        rng("<define name='a'><text/></define>"),
        [
            "1:1 the grammar has no <start> | say which element may be the root: <start><ref "
            "name=…/></start>",
        ],
    ),
    "nothing of that name": (
        rng(
            "<start><ref name='persname'/></start>\n"
            "<define name='persName'><element name='a'><empty/></element></define>"
        ),
        [
            "2:8 there is no definition of “persname” | did you mean persName?",
        ],
    ),
    "reference outside a grammar": (
        rng("<ref name='b'/>", root="element", attributes=' name="a"'),
        [
            "2:1 <ref> to “b” stands in no <grammar> | definitions exist inside <grammar> only",
        ],
    ),
    "no parent grammar": (
        rng(
            "<start><element name='a'><parentRef name='b'/></element></start>\n"
            "<define name='b'><text/></define>"
        ),
        [
            "2:26 <parentRef> to “b”: this grammar stands in no other | write <ref> for a "
            "definition of this grammar",
        ],
    ),
    "recursion": (
        rng(
            "<start><element name='a'><ref name='x'/></element></start>\n"
            "<define name='x'><optional><ref name='y'/></optional></define>\n"
            "<define name='y'><choice><text/>\n"
            "<ref name='x'/></choice></define>"
        ),
        [
            "5:1 “x” contains itself with no element between: x → y → x | repeat with "
            "<oneOrMore> or <zeroOrMore>, or put an <element> between",
        ],
    ),
    "undefined in what nothing reaches": (
        rng(
            "<start><element name='a'><empty/></element></start>\n"
            "<define name='b'><ref name='c'/></define>"
        ),
        [
            '3:18 there is no definition of “c” | add <define name="c">',
        ],
    ),
    "element in attribute": (
        element("<attribute name='a'>\n<element name='b'><empty/></element></attribute>"),
        [
            "2:1 the element b cannot stand inside an attribute | the value of an attribute "
            "is text: describe it with text, data, value or list",
        ],
    ),
    "attribute in attribute": (
        element("<attribute name='a'>\n<attribute name='b'/></attribute>"),
        [
            "3:1 the attribute b cannot stand inside an attribute | the value of an "
            "attribute is text: describe it with text, data, value or list",
        ],
    ),
    "repeated group of attributes": (
        element(
            "<oneOrMore><group>\n"
            "<attribute name='a'/>\n"
            "<element name='b'><empty/></element></group></oneOrMore>"
        ),
        [
            "3:1 the attribute a cannot be repeated in a group, since no attribute can occur "
            "twice | take the attribute out of what is repeated",
        ],
    ),
    "repeated interleave of attributes": (
        element(
            "<zeroOrMore><interleave>\n"
            "<attribute name='a'/>\n"
            "<element name='b'><empty/></element></interleave></zeroOrMore>"
        ),
        [
            "3:1 the attribute a cannot be repeated in a group, since no attribute can occur "
            "twice | take the attribute out of what is repeated",
        ],
    ),
    "list in list": (
        element("<list>\n<list><data type='token'/></list></list>"),
        [
            "3:1 a list cannot stand inside a list | a list is made of words: describe them "
            "with data and value",
        ],
    ),
    "element in list": (
        element("<list>\n<element name='b'><empty/></element></list>"),
        [
            "2:1 the element b cannot stand inside a list | a list is made of words: "
            "describe them with data and value",
        ],
    ),
    "attribute in list": (
        element("<list>\n<attribute name='b'/></list>"),
        [
            "3:1 the attribute b cannot stand inside a list | a list is made of words: "
            "describe them with data and value",
        ],
    ),
    "text in list": (
        element("<list>\n<text/></list>"),
        [
            "3:1 text cannot stand inside a list | a list is made of words: describe them "
            "with data and value",
        ],
    ),
    "interleave in list": (
        element("<list><interleave><data type='token'/>\n<data type='token'/></interleave></list>"),
        [
            "2:7 an interleave cannot stand inside a list | a list is made of words: "
            "describe them with data and value",
        ],
    ),
    "attribute excepted from data": (
        element("<data type='token'><except>\n<attribute name='a'/></except></data>"),
        [
            "3:1 the attribute a cannot be excepted from data | except data and value, or a "
            "choice of them",
        ],
    ),
    "element excepted from data": (
        element(
            "<data type='token'><except>\n<element name='a'><empty/></element></except></data>"
        ),
        [
            "2:1 the element a cannot be excepted from data | except data and value, or a "
            "choice of them",
        ],
    ),
    "list excepted from data": (
        element("<data type='token'><except>\n<list><data type='token'/></list></except></data>"),
        [
            "3:1 a list cannot be excepted from data | except data and value, or a choice of them",
        ],
    ),
    "group excepted from data": (
        element(
            "<data type='token'><except>\n"
            "<group><value>a</value><value>b</value></group></except></data>"
        ),
        [
            "3:1 a sequence cannot be excepted from data | except data and value, or a "
            "choice of them",
        ],
    ),
    "interleave excepted from data": (
        element(
            "<data type='token'><except>\n"
            "<interleave><value>a</value><value>b</value></interleave></except></data>"
        ),
        [
            "3:1 an interleave cannot be excepted from data | except data and value, or a "
            "choice of them",
        ],
    ),
    "repetition excepted from data": (
        element(
            "<data type='token'><except>\n<oneOrMore><value>a</value></oneOrMore></except></data>"
        ),
        [
            "3:1 a repetition cannot be excepted from data | except data and value, or a "
            "choice of them",
        ],
    ),
    "text excepted from data": (
        element("<data type='token'><except>\n<text/></except></data>"),
        [
            "3:1 text cannot be excepted from data | except data and value, or a choice of them",
        ],
    ),
    "empty excepted from data": (
        element("<data type='token'><except>\n<empty/></except></data>"),
        [
            "3:1 <empty/> cannot be excepted from data | except data and value, or a choice "
            "of them",
        ],
    ),
    "attribute as start": (
        rng("<start>\n<attribute name='a'/></start>"),
        [
            "3:1 the attribute a cannot be the whole document: a document is one element | "
            "let <start> hold one element, or a <choice> of elements",
        ],
    ),
    "data as start": (
        rng("<start>\n<data type='token'/></start>"),
        [
            "3:1 data cannot be the whole document: a document is one element | let <start> "
            "hold one element, or a <choice> of elements",
        ],
    ),
    "value as start": (
        rng("<start>\n<value>a</value></start>"),
        [
            "3:1 a value cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "list as start": (
        rng("<start>\n<list><data type='token'/></list></start>"),
        [
            "3:1 a list cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "text as start": (
        rng("<start>\n<text/></start>"),
        [
            "3:1 text cannot be the whole document: a document is one element | let <start> "
            "hold one element, or a <choice> of elements",
        ],
    ),
    "group as start": (
        rng(
            "<start>\n"
            "<group><element name='a'><empty/></element><element "
            "name='b'><empty/></element></group></start>"
        ),
        [
            "3:1 a sequence cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "interleave as start": (
        rng(
            "<start>\n"
            "<interleave><element name='a'><empty/></element><element "
            "name='b'><empty/></element></interleave></start>"
        ),
        [
            "3:1 an interleave cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "repetition as start": (
        rng("<start>\n<oneOrMore><element name='a'><empty/></element></oneOrMore></start>"),
        [
            "3:1 a repetition cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "empty as start": (
        rng("<start>\n<empty/></start>"),
        [
            "3:1 <empty/> cannot be the whole document: a document is one element | let "
            "<start> hold one element, or a <choice> of elements",
        ],
    ),
    "data beside an element": (
        element("<data type='token'/>\n<element name='b'><empty/></element>"),
        [
            "2:1 data must be the whole content, so the element b cannot stand beside it | "
            "use <text/> instead, or <list> for words in a row, or a <choice> of the two",
        ],
    ),
    "value beside text": (
        element("<interleave><text/>\n<value>b</value></interleave>"),
        [
            "3:1 a value must be the whole content, so text cannot stand beside it | use "
            "<text/> instead, or <list> for words in a row, or a <choice> of the two",
        ],
    ),
    "data repeated": (
        element("<oneOrMore>\n<data type='token'/></oneOrMore>"),
        [
            "3:1 data must be the whole content and cannot be repeated | for words in a row, "
            "put the repetition into <list>",
        ],
    ),
    "data twice in an attribute": (
        element(
            "<attribute name='a'><group><data type='token'/>\n"
            "<data type='token'/></group></attribute>"
        ),
        [
            "2:28 data must be the whole content, so data cannot stand beside it | use "
            "<text/> instead, or <list> for words in a row, or a <choice> of the two",
        ],
    ),
    "attribute twice": (
        element("<attribute name='a'/>\n<optional><attribute name='a'/></optional>"),
        [
            "3:11 the attribute a would be allowed twice in one element: also by line 2 | "
            "delete one of the two, or make a <choice> of them",
        ],
    ),
    "attribute twice by names and wildcard": (
        element(
            "<attribute name='a'/>\n<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
        ),
        [
            "3:13 the attribute a would be allowed twice in one element: also by line 2 | "
            "take the names of the one out of the other by <except>",
        ],
    ),
    "attribute twice by wildcards": (
        element(
            "<zeroOrMore><attribute><nsName ns='x'/></attribute></zeroOrMore>\n"
            "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
        ),
        [
            "3:13 the attribute * would be allowed twice in one element: also by line 2 | "
            "take the names of the one out of the other by <except>",
        ],
    ),
    "attribute of any name once": (
        element("<attribute>\n<anyName/></attribute>"),
        [
            "2:1 the attribute * has no single name, so it must be repeatable | put it into "
            "<zeroOrMore> or <oneOrMore>",
        ],
    ),
    "attribute of a namespace once": (
        element(
            "<optional>\n"
            "<attribute><choice><name>a</name><nsName "
            "ns='x'/></choice></attribute></optional>"
        ),
        [
            "3:1 the attribute a | * of x has no single name, so it must be repeatable | put "
            "it into <zeroOrMore> or <oneOrMore>",
        ],
    ),
    "element in two branches": (
        element(
            "<interleave>\n"
            "<element name='b'><empty/></element>\n"
            "<zeroOrMore><element name='b'><text/></element></zeroOrMore></interleave>"
        ),
        [
            "2:1 the element b may stand in one branch of an interleave only, not in two | "
            "write it in one branch, with <oneOrMore> if it may occur again",
        ],
    ),
    "element in two branches by wildcard": (
        element(
            "<interleave>\n"
            "<element name='b'><empty/></element>\n"
            "<element><anyName/><text/></element></interleave>"
        ),
        [
            "2:1 the element b may stand in one branch of an interleave only, not in two | "
            "write it in one branch, with <oneOrMore> if it may occur again",
        ],
    ),
    "text in two branches": (
        element(
            "<interleave><text/>\n<mixed><element name='b'><empty/></element></mixed></interleave>"
        ),
        [
            "3:1 text may stand in one branch of an interleave only, not in two | text in "
            "one branch is allowed everywhere between: delete the other <text/>",
        ],
    ),
    "several mistakes": (
        rng(
            ROOT + "<define name='r'><element name='a'><ref name='x'/>\n"
            "<ref name='y'/></element></define>\n"
            "<define name='y'><attribute name='xmlns'/></define>"
        ),
        [
            '3:36 there is no definition of “x” | add <define name="x">',
            "5:18 a namespace declaration (xmlns) is no attribute and cannot be described | "
            "delete this pattern: declarations are always allowed",
        ],
    ),
    "unknown datatype": (
        rng("<data type='integr'/>", root="element", attributes=f' name="a"{DATA}'),
        [
            "2:1 there is no type “integr” in the library "
            "http://www.w3.org/2001/XMLSchema-datatypes | did you mean integer?"
        ],
    ),
    "datatype without a library": (
        element("<data type='integer'/>"),
        [
            "2:1 “integer” is no built-in type of RELAX NG | "
            "it is one of http://www.w3.org/2001/XMLSchema-datatypes"
        ],
    ),
    "unknown datatype library": (
        rng(
            "<data type='integer'/>",
            root="element",
            attributes=' name="a" datatypeLibrary="http://www.w3.org/2001/XMLSchema"',
        ),
        [
            "2:1 there is no datatype library “http://www.w3.org/2001/XMLSchema” | "
            "did you mean http://www.w3.org/2001/XMLSchema-datatypes?"
        ],
    ),
    "unknown parameter": (
        rng(
            "<data type='string'><param name='maxLenght'>3</param></data>",
            root="element",
            attributes=f' name="a"{DATA}',
        ),
        ["2:1 there is no parameter “maxLenght” | did you mean maxLength?"],
    ),
    "value not of its type": (
        rng("<value type='integer'>one</value>", root="element", attributes=f' name="a"{DATA}'),
        ["2:1 “one” is not a value of the type integer | that type wants a whole number (12)"],
    ),
    "value with an undeclared prefix": (
        rng("<value type='QName'>p:x</value>", root="element", attributes=f' name="a"{DATA}'),
        [
            "2:1 “p:x” is not a value of the type QName | "
            "that type wants a name, with a declared prefix or without (p)"
        ],
    ),
    "definition twice in a group": (
        rng(
            "<start><element name='a'><ref name='d'/><ref name='d'/></element></start>\n"
            "<define name='d'><data type='token'/></define>"
        ),
        [
            "3:18 data must be the whole content, so data cannot stand beside it | use <text/> "
            "instead, or <list> for words in a row, or a <choice> of the two"
        ],
    ),
}

"""Tables of datatypes: values and what is none, parameters, equal values; who judges otherwise."""

from __future__ import annotations

import re

Params = tuple[tuple[str, str], ...]

# The type, + for values and - for what is none, and the texts, with ¦ between. ∅ is the empty text,
# \_ a space at an end or beside another.
VALUES = r"""
string + ∅ ¦ \_a\_ ¦ a\nb
normalizedString + a\tb ¦ a\n
token + ∅ ¦ a \_b ¦ \_a
language + en ¦ en-GB ¦ fr-FR-x-abc ¦ x ¦ en-123 ¦ i-klingon ¦ \_en\_
language - 123 ¦ en_GB ¦ ∅ ¦ abcdefghi ¦ en-abcdefghi ¦ en- ¦ a1 ¦ é
Name + a ¦ a:b ¦ : ¦ ::a ¦ _ ¦ é ¦ a\u00b7 ¦ \u3007 ¦ \u4e00 ¦ \uac00 ¦ a\u0300 ¦ \u212a
Name + \u0e33 ¦ \u0580 ¦ \u0561
Name - 1a ¦ -a ¦ a b ¦ \u00b7 ¦ ∅ ¦ \u0132 ¦ \u0133 ¦ \u2070 ¦ \u2188 ¦ \u9fa6 ¦ \ud7a4
Name - \U00010000 ¦ \U00020000 ¦ a\u203f ¦ \u0218 ¦ \u0237 ¦ \u0370 ¦ \u037f ¦ \u1e9c ¦ \u2c00
Name - \u0e46 ¦ a\u00b2 ¦ \u00aa ¦ \u00ba ¦ \ufdf0 ¦ \ufe70 ¦ \u0d7a
NCName + a ¦ _a ¦ a- ¦ a.b ¦ é ¦ \_a\_ ¦ a\u0387 ¦ a\u00b7
NCName - a:b ¦ : ¦ 1a ¦ -a ¦ a b ¦ ∅ ¦ \u2188 ¦ \U00010000 ¦ \u0241 ¦ a'
NMTOKEN + 1 ¦ a:b ¦ : ¦ - ¦ . ¦ \u00b7 ¦ \u0300 ¦ \_1\_
NMTOKEN - a b ¦ ∅ ¦ a,b ¦ \u2188 ¦ \U00020000
NMTOKENS + a b ¦ 1 2 3 ¦ \_a \_b\_
NMTOKENS - ∅ ¦ \_\_ ¦ a,b
ID + a ¦ \_a\_
ID - a:b ¦ 1a ¦ ∅
IDREF + a
IDREF - 1
IDREFS + a b ¦ \_a \_b\_
IDREFS - ∅ ¦ a 1
ENTITY - a ¦ ∅ ¦ 1
ENTITIES - a b ¦ ∅
QName + a ¦ xml:a ¦ p:a ¦ \_a\_ ¦ \_p:a\_ ¦ é
QName - u:a ¦ a:b:c ¦ :a ¦ a: ¦ ∅ ¦ p: a ¦ 1:a ¦ p:1 ¦ xmlns:a
NOTATION + a ¦ p:a
NOTATION - u:a ¦ a:b:c
anyURI + ∅ ¦ # ¦ a ¦ %41 ¦ a:b ¦ http:/ ¦ http:/// ¦ http:///a ¦ http://[::1]
anyURI + http://[::1%25eth0] ¦ http://[::1%eth0] ¦ http://[1:2:3:4:5:6:7:8] ¦ http://a b ¦ a b
anyURI + a \_b ¦ #a b ¦ http://a:b ¦ http://a:80 ¦ http://a:80a/ ¦ http://a:
anyURI + http://a:99999999999 ¦ http://u@h ¦ http://u:p@h:1 ¦ http://u@@h ¦ http://u@h@i ¦ a^b
anyURI + a|b ¦ a\b ¦ a{b} ¦ a<b> ¦ a"b ¦ a`b ¦ http://a{b}/ ¦ http://^/ ¦ mailto:a@b ¦ urn:a:b
anyURI + a1:b ¦ a+b:c ¦ é ¦ http://é.com ¦ http://é:8/ ¦ ?a ¦ ?a?b ¦ ? ¦ ?# ¦ #? ¦ //a ¦ ///
anyURI + //a:b/ ¦ /: ¦ ./a:b ¦ a/b:c ¦ #[a] ¦ ?[a] ¦ a?[b] ¦ http://a/?[ ¦ http://a/#[ ¦ urn:[a]
anyURI + urn:a[b ¦ http://a_b.c ¦ http://-a ¦ http://a- ¦ http://a. ¦ http://.a ¦ http://a..b
anyURI + http://1.2.3 ¦ http://1.2.3.4 ¦ http://1.2.3.400 ¦ http://1.2.3.4.5 ¦ http://a.1
anyURI + http://a,b ¦ http://a%41 ¦ http://a;b ¦ http://a/b;c ¦ tel:+1 ¦ \u00a0 ¦ a\u00a0b
anyURI + \u2028 ¦ \u007f ¦ \u0085 ¦ a\u0080 ¦ \U00010000 ¦ \ue000 ¦ #é ¦ a'b ¦ a!b ¦ a*b ¦ a(b)
anyURI + a~b ¦ @ ¦ a@b ¦ http://a@ ¦ http://@a ¦ http://:80 ¦ //:80 ¦ //@ ¦ x:/ ¦ x:/a ¦ x:?a
anyURI + x:? ¦ http:?a ¦ file:///c:/a ¦ C:\a ¦ C:/a ¦ c|/ ¦ http://a|b ¦ http://a\b ¦ http://a`b
anyURI + http://a^b@c ¦ http://[::1]:80 ¦ http://[::1]: ¦ http://u@[::1] ¦ http://[::]
anyURI + http://[::1.2.3.4] ¦ http://[1:2:3:4:5:6:1.2.3.4] ¦ http://[1:2:3:4:5:6:7::] ¦ /a//b
anyURI + a//b ¦ http://a?b ¦ http://a#b ¦ http://a//b ¦ news:a b ¦ file:a\b
anyURI + http://ex ample.org ¦ #xpath(//a[@b='c']) ¦ #xpointer(id('a')/b[1]) ¦ http://a b:80/
anyURI + ?a b ¦ %C3%A9 ¦ %c3 ¦ %00 ¦ a\tb ¦ \_a\_ ¦ \na\n ¦ http://.. ¦ .. ¦ ../.. ¦ #..
anyURI + http://a.b- ¦ http://a.b-.c ¦ http://a.-b ¦ http://é.b- ¦ http://a:-1 ¦ http://a:8_
anyURI + //a:b@c ¦ //a:b ¦ http://$a ¦ http://a=b ¦ http://~a ¦ http://a! ¦ http://(a)
anyURI + http://a&b ¦ http://1a ¦ http://a.1a ¦ http://a.1a. ¦ http://a.b.1 ¦ http://1
anyURI + http://1. ¦ http://a:0x50 ¦ //é:a ¦ //é@b@c ¦ //é@b ¦ //a%20b ¦ //a%20b:80 ¦ //a%20b:x
anyURI + //?a ¦ //#a ¦ http://#a ¦ http://?a ¦ x:/// ¦ http://[fe80::1%a_b.c]
anyURI + http://[1::2:3:4:5:6:7] ¦ http://[::2:3:4:5:6:7:8] ¦ http://[::01.2.3.4]
anyURI + http://[1::1.2.3.4] ¦ http://[1:2:3:4:5::1.2.3.4] ¦ http://[::001.2.3.4]
anyURI + http://[::0001.2.3.4] ¦ http://[::1%25] ¦ http://[abcd:ABCD::] ¦ http://[0001::]
anyURI + http://u%41@[::1] ¦ http://ué@[::1] ¦ http://[::1]:1/a?b#c ¦ http://[::1]\_ ¦ \ufffd
anyURI + \u200b ¦ \U000e0001 ¦ #\u00a0 ¦ http://[::1]?[ ¦ http://[::1]#[ ¦ http://@[::1]
anyURI + http://:@[::1] ¦ http://u!@[::1] ¦ //[::1] ¦ a:[ ¦ ?[ ¦ #[ ¦ //a?[ ¦ a:/ ¦ a+:b ¦ é/a:b
anyURI + ?a:b ¦ #a:b ¦ http://[::1]:2147483647 ¦ http://u:p@[::1]:8/x
anyURI + aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:b ¦ http://a#[]
anyURI + //a b ¦ #%20 ¦ mailto:a b@c ¦ a:é ¦ http://[::1]/é
anyURI - % ¦ %zz ¦ %4 ¦ :: ¦ :a ¦ a: ¦ http: ¦ http:// ¦ http://[ ¦ http://[::1 ¦ http://[g::]
anyURI - #a#b ¦ mailto: ¦ 1a:b ¦ a$b:c ¦ -a:b ¦ é:b ¦ aé:b ¦ #?# ¦ // ¦ [a] ¦ a[b ¦ /[
anyURI - http://a/[ ¦ #% ¦ ?% ¦ ?%41% ¦ x:// ¦ x:#a ¦ x:# ¦ c: ¦ http://a[b ¦ http://a]b
anyURI - http://[::1]x ¦ http://[::1]:a ¦ http://[v1.a] ¦ http://[] ¦ http://[:::]
anyURI - http://[1::2::3] ¦ http://[::1.2.3] ¦ http://[1:2:3:4:5:6:7:8:9] ¦ http://[12345::]
anyURI - http://[fe80::1%] ¦ http://[::ffff:999.1.1.1] ¦ http://[1.2.3.4] ¦ http://[1] ¦ //[
anyURI - x:y#z#w ¦ http://a/%zz ¦ http://%zz/ ¦ http://a%zz ¦ x:% ¦ x:%z ¦ http://[fe80::1%a-b]
anyURI - http://[1::2:3:4:5:6:7:8] ¦ http://[1:2:3:4:5:6:7] ¦ http://[1:2:3::4:5:6:7:8]
anyURI - http://[::1:2:3:4:5:6:7:8] ¦ http://[1:] ¦ http://[:1] ¦ http://[::1.2.3.256]
anyURI - http://[1:2:3:4:5:6:7:1.2.3.4] ¦ http://[1:2:3:4:5:6::1.2.3.4] ¦ http://[::1%]
anyURI - http://[00001::] ¦ http://u[@[::1] ¦ http://u@v@[::1] ¦ http://u%4@[::1]
anyURI - http://[::1]@ ¦ http://a@b[::1] ¦ http://[::1]/[ ¦ http://a%20[::1] ¦ x:a% ¦ x://[::1
anyURI - http://[::1%é] ¦ http://[::1%%41] ¦ http://[é::1] ¦ http:// [::1] ¦ [::1] ¦ a/[::1]
anyURI - http://[::1]:80:80 ¦ http://[::1]:99999999999999 ¦ 1: ¦ +:a ¦ .:b ¦ a_b:c ¦ a b:c
anyURI - a%41:b ¦ %41:b ¦ a?b:% ¦ \ue000:a ¦ http://[::1]:2147483648 ¦ //é[ ¦ x:/[ ¦ //a/[ ¦ %ga
anyURI - %0 ¦ %é1 ¦ http://a/%C3%zz ¦ ?%2 ¦ http://[::1]é ¦ http://[::1]:8é
boolean + true ¦ false ¦ 1 ¦ 0 ¦ \_true\_
boolean - TRUE ¦ yes ¦ ∅ ¦ 01
hexBinary + ∅ ¦ 00 ¦ aF ¦ \_00\_ ¦ AB
hexBinary - 0 ¦ 0g ¦ 0 0
base64Binary + ∅ ¦ AAAA ¦ AAA= ¦ AA== ¦ AAE= ¦ A A A A ¦ \_AAAA\_ ¦ A A = = ¦ A\nAAA ¦ AAA A
base64Binary + AA ==
base64Binary - AB== ¦ A=== ¦ AAB= ¦ A=A= ¦ AAAAA ¦ AAA ¦ ==== ¦ AA==AAAA ¦ A-_A ¦ AAé= ¦ AAAA A
base64Binary - A
decimal + 1 ¦ 1.0 ¦ 1. ¦ .1 ¦ +1 ¦ \_1\_ ¦ 01 ¦ -0
decimal - . ¦ +. ¦ - ¦ ∅ ¦ --1 ¦ 1e1 ¦ INF ¦ NaN ¦ 1 1 ¦ 1,5 ¦ \u0661 ¦ 1_000 ¦ 0x1 ¦ 1.1.1
integer + 1 ¦ +1 ¦ -1 ¦ 01 ¦ -0
integer + 99999999999999999999999999999999999999999999999999999999999999999999999999999999
integer - 1.0 ¦ 1. ¦ ∅ ¦ + ¦ 1e1 ¦ 1_0 ¦ \uff11 ¦ \u0663
nonPositiveInteger + -999999999999999999999999999999 ¦ 0 ¦ +000
nonPositiveInteger - 1 ¦ 1.0 ¦ ∅
negativeInteger + -999999999999999999999999999999 ¦ -1 ¦ -001
negativeInteger - 0 ¦ 1.0 ¦ ∅
nonNegativeInteger + 0 ¦ +999999999999999999999999999999 ¦ -0
nonNegativeInteger - -1 ¦ 1.0 ¦ ∅
positiveInteger + 1 ¦ +999999999999999999999999999999 ¦ +001
positiveInteger - 0 ¦ 1.0 ¦ ∅
long + -9223372036854775808 ¦ 9223372036854775807 ¦ -0
long - -9223372036854775809 ¦ 9223372036854775808 ¦ 1.0 ¦ ∅
int + -2147483648 ¦ 2147483647 ¦ -0
int - -2147483649 ¦ 2147483648 ¦ 1.0 ¦ ∅
short + -32768 ¦ 32767 ¦ -0
short - -32769 ¦ 32768 ¦ 1.0 ¦ ∅
byte + -128 ¦ 127 ¦ -0
byte - -129 ¦ 128 ¦ 1.0 ¦ ∅
unsignedLong + 0 ¦ 18446744073709551615 ¦ -0
unsignedLong - -1 ¦ 18446744073709551616 ¦ 1.0 ¦ ∅
unsignedInt + 0 ¦ 4294967295 ¦ -0
unsignedInt - -1 ¦ 4294967296 ¦ 1.0 ¦ ∅
unsignedShort + 0 ¦ 65535 ¦ -0
unsignedShort - -1 ¦ 65536 ¦ 1.0 ¦ ∅
unsignedByte + 0 ¦ 255 ¦ -0
unsignedByte - -1 ¦ 256 ¦ 1.0 ¦ ∅
float + 1 ¦ 1e999 ¦ INF ¦ NaN ¦ 1.e1
float - +INF ¦ 1E ¦ .e1
double + 1 ¦ 1.0 ¦ 1. ¦ .1 ¦ 1e1 ¦ 1E1 ¦ 1E+1 ¦ 1E-1 ¦ INF ¦ -INF ¦ NaN ¦ 1e999 ¦ 1e99999999999
double + \_1\_ ¦ +1 ¦ -0
double - . ¦ 1E ¦ 1e ¦ E1 ¦ +INF ¦ -NaN ¦ inf ¦ nan ¦ Infinity ¦ 1f ¦ 1d ¦ 0x1p3 ¦ 1E1.5 ¦ ∅
double - 1 e1 ¦ 1_0 ¦ \uff11
duration + P1Y ¦ P1Y2M3DT4H5M6S ¦ P1Y2M3DT4H5M6.7S ¦ PT1.S ¦ PT.5S ¦ PT1M ¦ -P1D
duration + P99999999999999999999Y ¦ PT0.0000000000000000001S ¦ P0Y ¦ P1YT1H ¦ \_P1Y\_ ¦ P1Y1D
duration + PT1M1.5S ¦ PT00001S ¦ P1YT.5S
duration - P ¦ -P ¦ PT ¦ P1YT ¦ P-1Y ¦ +P1Y ¦ P1.5Y ¦ P1M1Y ¦ P1S ¦ P1W ¦ p1y ¦ PT1.5M ¦ P1HT
duration - PT1S1M ¦ P\u0661Y ¦ PT.S ¦ PT1.5 ¦ PT1H1 ¦ P1D1 ¦ --P1D ¦ P 1D ¦ P1Y2 ¦ PT1.5.5S
dateTime + 2000-01-01T00:00:00 ¦ 2000-01-01T23:59:60 ¦ 2000-01-01T12:00:60
dateTime + 2000-01-01T00:00:00. ¦ 2000-01-01T00:00:00.1234567890123 ¦ 2000-01-01T00:00:00Z
dateTime + 2000-01-01T00:00:60.5Z ¦ 2000-01-01T00:00:00.Z ¦ -0001-02-29T00:00:00
dateTime + 2000-01-01T00:00:00+13:59 ¦ 2000-01-01T00:00:00-13:00 ¦ 20000-01-01T00:00:00
dateTime + 2000-01-01T00:00:00.123456789Z
dateTime - 2000-01-01T24:00:00 ¦ 2000-01-01T12:00:61 ¦ 2000-01-01T12:60:00 ¦ 2000-01-01T25:00:00
dateTime - 2000-01-01T24:00:00.0 ¦ 2000-01-01t00:00:00 ¦ 2000-01-01 00:00:00 ¦ 2000-01-01T00:00
dateTime - 2000-01-01T00:00:00,5 ¦ 0000-01-01T00:00:00 ¦ 2000-02-30T00:00:00
dateTime - 2000-01-01T1:00:00 ¦ 2000-01-01T ¦ T00:00:00
date + 2000-01-01 ¦ -0001-01-01 ¦ 2000-02-29 ¦ -0001-02-29 ¦ -0005-02-29 ¦ -0401-02-29
date + 20000-01-01 ¦ 292278994-01-01 ¦ 292278995-01-01 ¦ 292269055-01-01 ¦ -292269055-01-01
date + -292269056-01-01 ¦ 2000-01-01Z ¦ 2000-01-01+00:00 ¦ 2000-01-01-00:00 ¦ 2000-01-01+14:00
date + 2000-01-01-14:00 ¦ 2000-01-01-13:00 ¦ 2000-01-01-13:59 ¦ 2000-01-01-13:01
date + 2000-01-01+13:59 ¦ 2000-01-01-12:00 ¦ \_2000-01-01\_ ¦ 1582-10-10 ¦ 4000-02-29
date + 10000-02-29 ¦ 2000-01-01\n
date - 0000-01-01 ¦ -0000-01-01 ¦ 2000-02-30 ¦ 1900-02-29 ¦ 1999-02-29 ¦ -0004-02-29
date - -0003-02-29 ¦ -0002-02-29 ¦ -0100-02-29 ¦ -0101-02-29 ¦ -0400-02-29 ¦ -0500-02-29
date - 020000-01-01 ¦ 02000-01-01 ¦ 2147483647-01-01 ¦ 2147483648-01-01 ¦ 2000-01-01z
date - 2000-01-01+14:01 ¦ 2000-01-01+99:59 ¦ 2000-01-01+15:00 ¦ 2000-01-01+01:60
date - 2000-01-01+1:00 ¦ +2000-01-01 ¦ 2000-1-1 ¦ 00-01-01 ¦ 2000-13-01 ¦ 2000-00-01
date - 2000-01-00 ¦ 2000-01-32 ¦ 2000-04-31 ¦ 2000-01-01T00:00:00 ¦ \u0662000-01-01
date - 2000-01-0\u0661 ¦ 2000/01/01 ¦ 1700-02-29 ¦ 1500-02-29 ¦ 10100-02-29
time + 00:00:00 ¦ 23:59:60 ¦ 12:00:00. ¦ 12:00:00Z ¦ 12:00:00+14:00 ¦ 12:00:00-14:00
time + 12:00:00.5-13:59 ¦ 12:00:60.9
time - 24:00:00 ¦ 12:00
gYearMonth + 2000-01 ¦ 2000-01Z ¦ -0044-03
gYearMonth - 2000-13 ¦ 2000-00 ¦ 0000-01 ¦ 2000-1
gYear + 2000 ¦ -0001 ¦ -2000 ¦ 20000 ¦ 2000Z ¦ 2000+14:00
gYear - 0000 ¦ 02000 ¦ 200 ¦ -0000 ¦ +2000 ¦ 2147483647 ¦ 2147483648 ¦ 99999999999999999999
gMonthDay + --02-29 ¦ --12-31 ¦ --02-29Z
gMonthDay - --02-30 ¦ --04-31 ¦ --13-01 ¦ --1-1 ¦ 02-29
gMonth + --01 ¦ --12Z
gMonth - --13 ¦ --00 ¦ --01-- ¦ -01 ¦ --1 ¦ 01
gDay + ---01 ¦ ---31 ¦ ---31Z
gDay - ---32 ¦ ---00 ¦ ---1 ¦ 31
"""


def read(table: str) -> list[tuple[str, str, bool]]:
    """The rows of the table: type, text, whether it is a value."""
    rows = []
    for line in table.strip().splitlines():
        name, sign, texts = line.split(" ", 2)
        for text in texts.split(" ¦ "):
            text = text.replace("∅", "").replace(r"\_", " ")
            text = re.sub(r"\\n|\\t", lambda found: {"n": "\n", "t": "\t"}[found[0][1]], text)
            text = re.sub(
                r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})",
                lambda found: chr(int(found[1] or found[2], 16)),
                text,
            )
            rows.append((name, text, sign == "+"))
    return rows


ROWS = read(VALUES)


FACETS: list[tuple[str, Params, list[str], list[str]]] = [
    ("integer", (("minInclusive", "5"),), ["5", "6", "+5", "05"], ["4"]),
    ("integer", (("minExclusive", "5"),), ["6"], ["5"]),
    ("decimal", (("maxInclusive", "1.50"),), ["1.5", "1.499", "-2"], ["1.51"]),
    ("decimal", (("maxExclusive", "-1"),), ["-1.01"], ["-1", "-1.0", "-0.9"]),
    ("double", (("minInclusive", "1"),), ["INF", "1"], ["NaN", "0.9"]),
    ("double", (("maxInclusive", "NaN"),), ["NaN"], ["1"]),
    ("double", (("minExclusive", "0"),), ["1e-300"], ["-0", "0", "1e-400", "-INF"]),
    ("float", (("minExclusive", "0"),), ["1e-40"], ["1e-50"]),
    ("double", (("minInclusive", "-0"),), ["0", "-0"], []),
    ("double", (("minInclusive", "0"),), ["-0"], []),
    ("double", (("minExclusive", "-0"),), [], ["0"]),
    (
        "duration",
        (("minInclusive", "P1M"),),
        ["P1M", "P32D", "P2M", "PT745H", "P1Y"],
        ["P30D", "P31D", "P28D", "PT744H", "-P1M"],
    ),
    ("duration", (("minInclusive", "P12M"),), ["P1Y", "P13M", "P367D"], ["P366D", "P11M"]),
    (
        "duration",
        (("maxInclusive", "PT60S"),),
        ["PT1M", "PT59S", "PT60.0S", "P0D", "-P1Y"],
        ["PT61S"],
    ),
    ("duration", (("maxExclusive", "P1D"),), ["PT23H", "PT23H59M59.999S"], ["PT24H", "PT1440M"]),
    ("duration", (("minExclusive", "P5M"),), ["P154D"], ["P153D", "P150D"]),
    ("duration", (("maxInclusive", "-P1M"),), ["-P32D", "-P1M"], ["-P31D", "-P27D", "P0D"]),
    (
        "date",
        (("minInclusive", "2000-01-01"),),
        ["2000-01-01", "2000-01-02Z"],
        ["2000-01-01Z", "1999-12-31", "2000-01-01-12:00", "2000-01-02+10:00", "-2000-01-01"],
    ),
    (
        "date",
        (("maxInclusive", "2000-01-01Z"),),
        ["1999-12-31", "1999-12-30", "2000-01-01+05:00"],
        ["2000-01-01"],
    ),
    (
        "time",
        (("minInclusive", "12:00:00"),),
        ["12:00:00", "12:00:60"],
        ["11:59:59.999", "12:00:00Z", "23:00:00+01:00"],
    ),
    ("gYear", (("minInclusive", "1900"),), ["1900", "1901Z"], ["1899", "-1900", "1900Z"]),
    ("gMonth", (("maxInclusive", "--06"),), ["--06", "--05Z"], ["--07", "--06Z"]),
    ("gMonthDay", (("minInclusive", "--02-29"),), ["--03-01"], ["--02-28"]),
    ("gDay", (("maxExclusive", "---15"),), ["---14"], ["---15"]),
    (
        "dateTime",
        (("maxInclusive", "2000-12-31T23:59:60Z"),),
        ["2000-12-31T23:59:60.0Z", "2000-12-31T23:59:59.9999Z"],
        ["2000-12-31T23:59:60.5Z", "2001-01-01T00:00:00Z"],
    ),
    (
        "dateTime",
        (("minInclusive", "2000-01-01T00:00:00.0005"),),
        ["2000-01-01T00:00:00.0006"],
        ["2000-01-01T00:00:00.0004"],
    ),
    (
        "decimal",
        (("totalDigits", "3"),),
        ["123", "0123", "1.23", "1.230", "0.123", "-1.23", "000", "100", "0.00", ".001"],
        ["1234", "0.0123", "0.001234", "12.34", "1000", ".0001"],
    ),
    ("decimal", (("fractionDigits", "2"),), ["1", "1.23", "1.230", "1.000"], ["1.234"]),
    ("integer", (("totalDigits", "2"),), ["99", "0099", "-99"], ["100"]),
    ("decimal", (("totalDigits", "1"),), ["0", "0.0", "0.1", "00.10"], ["10"]),
    ("string", (("length", "2"),), ["ab", " a", "𐀀a", "é", "  "], ["a"]),
    ("token", (("length", "2"),), ["ab", " ab "], [" a ", "a  b"]),
    ("token", (("length", "3"),), ["a  b"], []),
    ("anyURI", (("maxLength", "3"),), ["abc", "é b", " abc "], ["ab%41"]),
    ("NMTOKENS", (("minLength", "2"),), ["a b"], ["a"]),
    ("hexBinary", (("length", "1"),), ["00"], ["0000"]),
    ("base64Binary", (("length", "1"),), ["AA==", "A A = ="], ["AAAA"]),
    ("language", (("length", "2"),), ["en", " en "], ["eng"]),
    ("IDREFS", (("maxLength", "1"),), ["a"], ["a b"]),
    ("token", (("pattern", "a b"),), ["a b", "a  b", " a b"], []),
    ("string", (("pattern", "a b"),), [], [" a b"]),
    ("integer", (("pattern", "\\d"),), ["5", " 5 "], ["05"]),
    ("NMTOKENS", (("pattern", "a b"),), ["a b", "a  b"], []),
    ("string", (("pattern", ""),), [""], ["a"]),
    ("string", (("pattern", "a|b"),), ["a", "b"], ["ab"]),
    ("string", (("pattern", "a\nb"),), ["a\nb"], ["a b"]),
    ("token", (("pattern", "[a-z ]+"), ("pattern", ".{3}")), ["abc", " a b "], ["abcd", "ABC"]),
    (
        "integer",
        (("minInclusive", "5"), ("minInclusive", "6"), ("maxExclusive", "9")),
        ["6", "8"],
        ["5", "9"],
    ),
    ("nonNegativeInteger", (("maxInclusive", "10"),), ["0", "10"], ["-1", "11"]),
    (
        "gYear",
        (("minInclusive", "-0044"), ("maxInclusive", "0014")),
        ["-0044", "-0001", "0001", "0014"],
        ["-0045", "0015"],
    ),
]


# Type, parameters, and what is said: the error and the hint.
WRONG: list[tuple[str, Params, str, str]] = [
    ("string", (("length", "a"),), "“length” must be a whole number of 0 or more, not “a”", ""),
    ("string", (("length", "-1"),), "“length” must be a whole number of 0 or more, not “-1”", ""),
    ("string", (("length", "1.0"),), "“length” must be a whole number of 0 or more, not “1.0”", ""),
    ("string", (("length", ""),), "“length” must be a whole number of 0 or more, not “”", ""),
    ("integer", (("length", "1"),), "“length” does not apply to integer, which has no length", ""),
    ("boolean", (("length", "1"),), "“length” does not apply to boolean, which has no length", ""),
    ("QName", (("length", "1"),), "“length” does not apply to QName, which has no length", ""),
    (
        "NOTATION",
        (("length", "1"),),
        "“length” does not apply to NOTATION, which has no length",
        "",
    ),
    ("date", (("length", "1"),), "“length” does not apply to date, which has no length", ""),
    (
        "duration",
        (("length", "1"),),
        "“length” does not apply to duration, which has no length",
        "",
    ),
    ("decimal", (("length", "1"),), "“length” does not apply to decimal, which has no length", ""),
    (
        "double",
        (("maxLength", "1"),),
        "“maxLength” does not apply to double, which has no length",
        "",
    ),
    (
        "string",
        (("minInclusive", "a"),),
        "“minInclusive” does not apply to string, which has no order",
        "",
    ),
    (
        "boolean",
        (("minInclusive", "0"),),
        "“minInclusive” does not apply to boolean, which has no order",
        "",
    ),
    (
        "QName",
        (("minInclusive", "a"),),
        "“minInclusive” does not apply to QName, which has no order",
        "",
    ),
    (
        "anyURI",
        (("minInclusive", "a"),),
        "“minInclusive” does not apply to anyURI, which has no order",
        "",
    ),
    (
        "hexBinary",
        (("minInclusive", "00"),),
        "“minInclusive” does not apply to hexBinary, which has no order",
        "",
    ),
    (
        "NMTOKENS",
        (("minInclusive", "a"),),
        "“minInclusive” does not apply to NMTOKENS, which has no order",
        "",
    ),
    (
        "integer",
        (("minInclusive", "a"),),
        "“a” as minInclusive is itself no value of the type",
        "“a” may not stand in a number",
    ),
    (
        "integer",
        (("minInclusive", "1.5"),),
        "“1.5” as minInclusive is itself no value of the type",
        "a whole number has no decimal point",
    ),
    (
        "nonNegativeInteger",
        (("minInclusive", "-1"),),
        "“-1” as minInclusive is itself no value of the type",
        "-1 is less than the allowed 0",
    ),
    (
        "nonNegativeInteger",
        (("minExclusive", "-1"),),
        "“-1” as minExclusive is itself no value of the type",
        "-1 is less than the allowed 0",
    ),
    (
        "byte",
        (("maxExclusive", "128"),),
        "“128” as maxExclusive is itself no value of the type",
        "128 is more than the allowed 127",
    ),
    (
        "integer",
        (("minInclusive", ""),),
        "“” as minInclusive is itself no value of the type",
        "it is empty",
    ),
    (
        "integer",
        (("minInclusive", "5"), ("maxInclusive", "3")),
        "“3” as maxInclusive is itself no value of the type",
        "3 is less than the allowed 5",
    ),
    (
        "integer",
        (("minInclusive", "6"), ("minInclusive", "5")),
        "“5” as minInclusive is itself no value of the type",
        "5 is less than the allowed 6",
    ),
    (
        "integer",
        (("maxInclusive", "3"), ("minInclusive", "5")),
        "“5” as minInclusive is itself no value of the type",
        "5 is more than the allowed 3",
    ),
    (
        "date",
        (("minInclusive", "2000-02-30"),),
        "“2000-02-30” as minInclusive is itself no value of the type",
        "February 2000 has 29 days",
    ),
    (
        "duration",
        (("minInclusive", "P"),),
        "“P” as minInclusive is itself no value of the type",
        "nothing follows the P",
    ),
    ("integer", (("totalDigits", "0"),), "“totalDigits” must be 1 or more", ""),
    (
        "integer",
        (("totalDigits", "a"),),
        "“totalDigits” must be a whole number of 0 or more, not “a”",
        "",
    ),
    (
        "decimal",
        (("fractionDigits", "-1"),),
        "“fractionDigits” must be a whole number of 0 or more, not “-1”",
        "",
    ),
    (
        "double",
        (("totalDigits", "1"),),
        "“totalDigits” applies to decimal and integer types, not double",
        "",
    ),
    (
        "string",
        (("totalDigits", "1"),),
        "“totalDigits” applies to decimal and integer types, not string",
        "",
    ),
    (
        "double",
        (("fractionDigits", "1"),),
        "“fractionDigits” applies to decimal and integer types, not double",
        "",
    ),
    (
        "string",
        (("enumeration", "a"),),
        "“enumeration” is no parameter in RELAX NG",
        "list the values as value patterns in a choice",
    ),
    (
        "string",
        (("whiteSpace", "collapse"),),
        "“whiteSpace” is no parameter in RELAX NG",
        "choose string, normalizedString or token instead",
    ),
    ("string", (("foo", "a"),), "there is no parameter “foo”", ""),
    ("string", (("Length", "1"),), "there is no parameter “Length”", "did you mean length?"),
    (
        "string",
        (("pattern", "["),),
        "the pattern is no regular expression of XSD: a “]” is missing (at character 2 of “[”)",
        "",
    ),
    (
        "String",
        (),
        "there is no type “String” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "did you mean string?",
    ),
    (
        "foo",
        (),
        "there is no type “foo” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    (
        "anyType",
        (),
        "there is no type “anyType” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    (
        "anySimpleType",
        (),
        "there is no type “anySimpleType” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    (
        "dateTimeStamp",
        (),
        "there is no type “dateTimeStamp” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "did you mean dateTime?",
    ),
    (
        "yearMonthDuration",
        (),
        "there is no type “yearMonthDuration” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "did you mean gYearMonth?",
    ),
    (
        "dayTimeDuration",
        (),
        "there is no type “dayTimeDuration” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "did you mean duration?",
    ),
    (
        "precisionDecimal",
        (),
        "there is no type “precisionDecimal” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "did you mean decimal?",
    ),
    (
        "untypedAtomic",
        (),
        "there is no type “untypedAtomic” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    (
        "anyAtomicType",
        (),
        "there is no type “anyAtomicType” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    (
        "error",
        (),
        "there is no type “error” in the library http://www.w3.org/2001/XMLSchema-datatypes",
        "",
    ),
    ("string", (("scale", "1"),), "there is no parameter “scale”", ""),
    ("decimal", (("precision", "1"),), "there is no parameter “precision”", ""),
    ("decimal", (("scale", "1"),), "there is no parameter “scale”", ""),
    (
        "decimal",
        (("minScale", "1"),),
        "there is no parameter “minScale”",
        "did you mean minInclusive?",
    ),
    (
        "token",
        (("maxInclusive", "a"),),
        "“maxInclusive” does not apply to token, which has no order",
        "",
    ),
    ("string", (("explicitTimezone", "required"),), "there is no parameter “explicitTimezone”", ""),
]
# Parameters that are as they should be, though they may look odd.
RIGHT: list[tuple[str, Params]] = [
    ("string", (("length", "+1"),)),
    ("string", (("length", " 1 "),)),
    ("string", (("length", "99999999999999999999"),)),
    ("string", (("length", "01"),)),
    ("anyURI", (("length", "1"),)),
    ("hexBinary", (("length", "1"),)),
    ("base64Binary", (("length", "1"),)),
    ("IDREFS", (("length", "1"),)),
    ("ID", (("length", "1"),)),
    ("language", (("length", "1"),)),
    ("integer", (("minInclusive", " 1 "),)),
    ("integer", (("minInclusive", "5"), ("minInclusive", "6"))),
    ("integer", (("minInclusive", "5"), ("minExclusive", "5"))),
    ("string", (("length", "3"), ("minLength", "4"))),
    ("string", (("length", "3"), ("length", "4"))),
    ("string", (("minLength", "5"), ("maxLength", "4"))),
    ("string", (("minLength", "5"), ("length", "5"))),
    ("duration", (("minInclusive", "P1M"),)),
    ("double", (("minInclusive", "NaN"),)),
    ("double", (("maxInclusive", "INF"),)),
    ("integer", (("totalDigits", "1"),)),
    ("integer", (("fractionDigits", "0"),)),
    ("integer", (("fractionDigits", "1"),)),
    ("decimal", (("totalDigits", "2"), ("fractionDigits", "3"))),
    ("byte", (("totalDigits", "1"),)),
    ("decimal", (("totalDigits", " 2 "),)),
    ("decimal", (("totalDigits", "+2"),)),
    ("decimal", (("totalDigits", "2"), ("totalDigits", "1"))),
    ("string", (("pattern", "a"), ("pattern", "b"))),
    ("string", (("pattern", ""),)),
    ("string", (("pattern", " a "),)),
    ("string", (("maxLength", "1"), ("maxLength", "2"))),
    ("string", (("maxLength", "2"), ("maxLength", "1"))),
]


EQUAL = [
    ("decimal", "1.0", "1"),
    ("decimal", "-0", "0"),
    ("decimal", "0.10", ".1"),
    ("integer", "01", "1"),
    ("integer", "-0", "0"),
    ("float", "0", "-0"),
    ("double", "0", "-0"),
    ("float", "NaN", "NaN"),
    ("double", "NaN", "NaN"),
    ("float", "1", "1.00000000001"),
    ("float", "1e999", "INF"),
    ("double", "1E1", "10"),
    ("date", "2000-01-01Z", "2000-01-01+00:00"),
    ("date", "2000-01-01+12:00", "1999-12-31-12:00"),
    ("date", "2000-01-01+13:00", "1999-12-31-11:00"),
    ("dateTime", "2000-01-01T00:00:00Z", "2000-01-01T01:00:00+01:00"),
    ("dateTime", "2000-01-01T00:00:00Z", "1999-12-31T23:00:00-01:00"),
    ("dateTime", "2000-01-01T00:00:00.5", "2000-01-01T00:00:00.50"),
    ("time", "12:00:00Z", "13:00:00+01:00"),
    ("time", "23:59:60", "23:59:60.0"),
    ("gMonth", "--01Z", "--01+00:00"),
    ("duration", "P0Y", "-P0Y"),
    ("duration", "P0Y", "PT0S"),
    ("duration", "P1Y", "P1Y0M"),
    ("duration", "PT1S", "PT1.0S"),
    ("duration", "P0M", "P0D"),
    ("QName", "p:a", "q:a"),
    ("QName", "p:a", "p:a"),
    ("QName", "a", "a"),
    ("NOTATION", "p:a", "q:a"),
    ("boolean", "true", "1"),
    ("boolean", "0", "false"),
    ("normalizedString", "a\tb", "a b"),
    ("token", " a  b", "a b"),
    ("anyURI", " a", "a"),
    ("NMTOKENS", "a b", " a  b "),
    ("hexBinary", "aF", "Af"),
    ("base64Binary", "AAAA", "A A A A"),
    ("base64Binary", "AA==", "AA = ="),
    ("Name", "a", "a "),
    ("dateTime", "-0001-12-31T23:00:00Z", "0001-01-01T00:00:00+01:00"),
    ("float", "16777217", "16777216"),
    ("double", "9007199254740993", "9007199254740992"),
]
DIFFERENT = [
    ("double", "1", "1.00000000001"),
    ("date", "2000-01-01Z", "2000-01-01"),
    ("dateTime", "2000-01-01T00:00:00", "2000-01-01T00:00:00.0001"),
    ("time", "00:00:00Z", "23:00:00-01:00"),
    ("gMonth", "--01Z", "--01+01:00"),
    ("duration", "P1Y", "P12M"),
    ("duration", "PT60S", "PT1M"),
    ("duration", "P1D", "PT24H"),
    ("QName", "p:a", "z:a"),
    ("string", " a", "a"),
    ("token", "a\xa0b", "a b"),
    ("anyURI", "a b", "a%20b"),
    ("anyURI", "A:b", "a:b"),
    ("language", "en", "EN"),
    ("NMTOKENS", "a b", "b a"),
    ("date", "-0001-12-31Z", "0001-01-01+14:00"),
]


_JAVA = "ours: a limit of Java's, not of XSD's"
_ZONE = "ours: zones reach to 14 hours on either side (3.2.7.3); Java's end at -13:00"
_FRACTION = "ours: fractions have any number of digits (3.2.7); Java's clock has milliseconds"
_DIGITS = "ours: the value counts, not trailing zeros (4.3.11, 4.3.12)"
_SMALL = "ours: n in i / 10**n must not exceed totalDigits either (4.3.11)"
_EQUAL = "ours: neither is longer, from whatever instant on (3.2.6.2)"
_JAVA_CLASS = (
    "ours: since Java 9 [^\\p{C}\\p{Z}], as jing hands it on, subtracts one class of the two only"
)

# What jing judges otherwise, and who is right (sections of XSD 1.0 part 2, second edition).
JING_DIFFERS: dict[tuple[str, Params, str], str] = {
    ("date", (), "292278995-01-01"): _JAVA,
    ("date", (), "2000-01-01-14:00"): _ZONE,
    ("date", (), "2000-01-01-13:59"): _ZONE,
    ("date", (), "2000-01-01-13:01"): _ZONE,
    ("time", (), "12:00:00-14:00"): _ZONE,
    ("time", (), "12:00:00.5-13:59"): _ZONE,
    ("duration", (("minInclusive", "P12M"),), "P1Y"): _EQUAL,
    ("duration", (("maxInclusive", "PT60S"),), "PT1M"): _EQUAL,
    (
        "dateTime",
        (("minInclusive", "2000-01-01T00:00:00.0005"),),
        "2000-01-01T00:00:00.0004",
    ): _FRACTION,
    ("decimal", (("totalDigits", "3"),), "1.230"): _DIGITS,
    ("decimal", (("totalDigits", "3"),), "0.0123"): _SMALL,
    ("decimal", (("totalDigits", "3"),), ".0001"): _SMALL,
    ("decimal", (("fractionDigits", "2"),), "1.230"): _DIGITS,
    ("decimal", (("fractionDigits", "2"),), "1.000"): _DIGITS,
    ("decimal", (("totalDigits", "1"),), "00.10"): _DIGITS,
}


# What only jing takes in a schema, and why teikit does not.
JING_LAX = {
    ("date", (("length", "1"),)): "XSD gives dates no length; jing throws an exception at a value",
    ("duration", (("length", "1"),)): "the same",
    ("untypedAtomic", ()): "a type of XPath, not of XSD 1.0",
    ("anyAtomicType", ()): "a type of XPath, not of XSD 1.0",
}


# Type, the texts as an expression, who is right and why: of libxml2 …
LIBXML2: list[tuple[str, str, str]] = [
    (
        "anyURI",
        ".*[\\[\\]].*",
        "ours: libxml2 takes anything in brackets as a host, and no bracket elsewhere",
    ),
    (
        "anyURI",
        "[a-zA-Z]*:(//)?(#.*)?|//",
        "ours: something must follow a scheme, and what follows it",
    ),
    (
        "anyURI",
        "[a-z]*:?//.*@.*@.*|[a-z]*:?//.*:.*",
        "ours: an authority that is no server is a registry's name (RFC 2396, 3.2.1)",
    ),
    (
        "date.*",
        "-0.*-02-29.*",
        "ours: XSD 1.0 has no year 0, so that the year before 1 is a leap year",
    ),
    ("date|gYear", "[0-9]{10}.*", "either: nine digits are a limit of ours"),
    ("dateTime|time", ".*24:00:00.*", "libxml2's: XSD has the end of a day; we follow jing"),
    (
        "dateTime|time",
        ".*:60.*",
        "libxml2's: XSD 1.0 has no leap seconds (3.2.7.1); we follow jing",
    ),
    ("dateTime|time", ".*:00\\.Z?", "libxml2's: digits follow the point (3.2.7.1); we follow jing"),
    ("duration", "P9{20}Y", "ours: a limit of libxml2's"),
    ("double|float", "1[eE]", "ours: an exponent has digits"),
    ("IDREFS", "", "ours: lists have an item at least (3.3.10)"),
    ("NOTATION", ".*", "ours: libxml2 takes none, as no schema declares notations in RELAX NG"),
]
# … and of xmlschema.
XMLSCHEMA: list[tuple[str, str, str]] = [
    ("anyURI", ".*[%#\\[\\]:/].*", "ours: xmlschema does not look at the syntax of URIs"),
    (
        "date.*",
        "-0.*-02-29.*",
        "ours: XSD 1.0 has no year 0, so that the year before 1 is a leap year",
    ),
    ("date|gYear", "[0-9]{10}.*", "either: nine digits are a limit of ours"),
    ("dateTime|time", ".*24:00:00.*", "xmlschema's: XSD has the end of a day; we follow jing"),
    (
        "dateTime|time",
        ".*:60.*",
        "xmlschema's: XSD 1.0 has no leap seconds (3.2.7.1); we follow jing",
    ),
    (
        "dateTime|time",
        ".*:00\\.Z?",
        "xmlschema's: digits follow the point (3.2.7.1); we follow jing",
    ),
    ("duration", "P9{20}Y", "ours: a limit of xmlschema's"),
    (
        "duration",
        ".*(1\\.|\\.5)S",
        "xmlschema's: digits stand on both sides of the point; we follow jing",
    ),
    ("decimal", "1 1", "ours: a space may not stand in a number"),
    ("integer", "1_0|[^0-9]", "ours: Python's int takes what XSD does not"),
    ("N?C?Name|NMTOKEN", ".*", "either: xmlschema keeps to the fifth edition of XML 1.0"),
    ("ENTIT.*", ".+", "either: xmlschema does not ask for the DTD"),
    ("QName|NOTATION", ".*", "ours: xmlschema was not told the prefixes"),
]

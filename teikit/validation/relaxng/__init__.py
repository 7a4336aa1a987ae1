"""RELAX NG (ISO/IEC 19757-2): reading schemas, judging documents, explaining mistakes."""

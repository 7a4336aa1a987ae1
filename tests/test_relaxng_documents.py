"""The engine judges documents as the specification's own test suite says."""

from __future__ import annotations

from pathlib import Path

import pytest

from teikit.validation.relaxng.schema import Schema
from tests.conftest import SHARED
from tests.spectest import Case, cases

SUITE = SHARED / "tei" / "relaxng-spectest.xml"
CORRECT = [case for case in cases(SUITE) if case.correct] if SUITE.is_file() else []


def test_the_suite_is_here(shared: Path) -> None:
    assert len(cases(shared / "tei" / "relaxng-spectest.xml")) == 385
    assert sum(len(case.documents) for case in CORRECT) == 580


@pytest.mark.parametrize("case", CORRECT, ids=str)
def test_documents_are_judged_as_the_specification_says(case: Case, tmp_path: Path) -> None:
    schema = Schema.load(case.write(tmp_path))
    for document, valid in case.documents:
        assert schema.is_valid(document) is valid, document.decode()
        # The thorough pass is a second implementation of the same: it must not disagree.
        findings = schema.validate(document)
        assert (not findings) is valid, (document.decode(), findings)

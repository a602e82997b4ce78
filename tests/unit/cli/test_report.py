"""What a report can not be made from is refused before MO is asked."""

from __future__ import annotations

import pytest

from motoolkit.cli import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--as-of", "2026-02-30"], "'2026-02-30' is no date. Write a date as 2026-11-23 or 23-11-2026."),
        (["--cpr"], "Error: CPR numbers are shown only for a purpose."),
        (["--preset", "rds"], "The parameter preset can not be str 'rds'."),
        (["--set", "max_levels=many"], "The parameter max_levels can not be str 'many'."),
        (["--set", "vacant_txt=-"], "There is no report parameter 'vacant_txt'.\nDid you mean vacant_text?"),
        (["--set", "join_leaders"], "'join_leaders' is not NAME=VALUE."),
        (["--cpr", "--purpose", "010190-1234"], "The purpose holds a CPR number."),
    ],
)
def test_wrong_parameters_are_usage_errors(words, sentence, capsys, monkeypatch, tmp_path):
    """Exit code 2: there is no MO at this address, and nobody noticed."""
    monkeypatch.setenv("MOTOOLKIT_MO_URL", "http://127.0.0.1:9")
    assert main(["report", "engagements-managers", "--out", str(tmp_path / "out"), *words]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_mo_that_does_not_answer_is_told(capsys, tmp_path):
    """Exit code 1, one sentence with its address and a remedy."""
    code = main(["report", "engagements-managers", "--out", str(tmp_path), "--profile", "http://127.0.0.1:9"])
    assert code == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == "Error: MO at http://127.0.0.1:9 can not be reached (Connection refused)."
    assert second.startswith("Check that it is running")
    assert list(tmp_path.iterdir()) == []

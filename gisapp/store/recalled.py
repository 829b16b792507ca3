"""Decisions taken back: an acknowledgement that no longer holds, a value no longer used."""

import datetime
from collections.abc import Sequence

from gisapp.core.corrections import Correction
from gisapp.core.rounds import Round
from gisapp.errors import ProblemNotFoundError
from gisapp.settings import Settings
from gisapp.store.corrections import take_back_corrections
from gisapp.store.decisions import (
    ACKNOWLEDGED,
    CORRECTED,
    Decision,
    newest_decisions,
    read_decisions,
    record_recalls,
)
from gisapp.store.rounds import list_rounds


def recall_decision(
    settings: Settings,
    data_round: Round,
    problem_id: str,
    reason: str,
    by: str,
    at: datetime.datetime,
) -> list[Correction]:
    """Take back an acknowledgement or a value in use: the next check finds the problem again.

    Returns:
        Lines that were taken out of ``corrections.csv``; none for an acknowledgement.

    Raises:
        ProblemNotFoundError: Nothing stands about this problem in this round.
        TableError: A ``corrections.csv`` that is there cannot be used; nothing is written.
        FileInUseError: A file or the database cannot be written.
    """
    newest = newest_decisions(read_decisions(settings), data_round).values()
    standing = [
        made
        for made in newest
        if made.problem_id == problem_id and made.decision in (ACKNOWLEDGED, CORRECTED)
    ]
    lines = _take_back(settings, data_round, problem_id, standing)
    if not standing and not lines:
        raise ProblemNotFoundError(
            f"รอบ {data_round} ไม่มีการรับทราบหรือค่าที่ใช้ของเรื่อง {problem_id}",
            f"round {data_round} holds no acknowledgement and no accepted value of {problem_id}",
        )
    gone = "; ".join(f"{line.column} “{line.old_value}” → “{line.new_value}”" for line in lines)
    said = f"{reason} (นำออกจาก corrections.csv: {gone})" if gone else reason
    codes = sorted({line.smis_code for line in lines})
    recalled = standing or [_by_hand(data_round, problem_id, code, at) for code in codes]
    record_recalls(settings, data_round, recalled, said, by, at)
    return lines


def _take_back(
    settings: Settings, data_round: Round, problem_id: str, standing: Sequence[Decision]
) -> list[Correction]:
    """Take out the lines of an accepted value, or those that a school's answer made."""
    if standing and all(made.decision == ACKNOWLEDGED for made in standing):
        return []
    lines = take_back_corrections(settings, data_round, problem_id)
    if standing and not lines:
        # What was accepted about a file that was taken over stands in that file's round.
        for earlier in reversed(list_rounds(settings)):
            if earlier < data_round and not lines:
                lines = take_back_corrections(settings, earlier, problem_id)
    return lines


def _by_hand(data_round: Round, problem_id: str, code: str, at: datetime.datetime) -> Decision:
    """What stands for lines that nobody decided here, such as those of a school's answer."""
    return Decision(data_round.name, problem_id, "", "", code, CORRECTED, "", "", at)

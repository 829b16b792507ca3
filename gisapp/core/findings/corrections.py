"""Findings about the lines of ``corrections.csv``."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "correction_stale": Finding(
        "warn",
        "corrections.csv บรรทัด {line} ไม่ได้ใช้ เพราะช่องนี้เป็น “{value}” ไม่ใช่ “{old}”",
        "Line {line} of corrections.csv is not used: the cell holds '{value}', not '{old}'",
        "ดูค่าใหม่ในไฟล์แล้วแก้หรือลบบรรทัดนี้",
        "See the new value in the sheet, then change or remove the line",
    ),
    "correction_done": Finding(
        "note",
        "corrections.csv บรรทัด {line} ไม่ต้องใช้แล้ว ไฟล์แก้เป็น “{new}” แล้ว",
        "Line {line} of corrections.csv is no longer needed: the sheet says '{new}'",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "correction_unmatched": Finding(
        "warn",
        "corrections.csv บรรทัด {line} ไม่ได้ใช้ ไม่พบรหัส {key} ที่มีช่อง {column}",
        "Line {line} of corrections.csv is not used: no row {key} with a column {column}",
        "แก้ smis_code หรือ column ในบรรทัดนี้",
        "Correct smis_code or column in that line",
    ),
    "correction_ambiguous": Finding(
        "warn",
        "corrections.csv บรรทัด {line} ไม่ได้ใช้ เพราะมี {cells} ช่องที่ตรง",
        "Line {line} of corrections.csv is not used: {cells} cells fit it",
        "เติม file และ cell ในบรรทัดนี้",
        "Fill in file and cell in that line",
    ),
}

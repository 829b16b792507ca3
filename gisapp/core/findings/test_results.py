"""Findings about the results of national tests."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "test_unmatched": Finding(
        "warn",
        "ผลสอบของรหัส {key} ไม่มีโรงเรียนนี้ในทะเบียน ({rows} แถว)",
        "Test results of code {key}: no such school in the register ({rows} rows)",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "test_not_named": Finding(
        "warn",
        "ไม่รู้{what_th}ของผลสอบ {rows} แถว จึงไม่ได้ใช้",
        "The {what_en} of {rows} results is not known; they are not used",
        "เติมช่อง{what_th} หรือเขียนไว้เหนือตาราง เช่น ผลการทดสอบ NT ป.3 ปีการศึกษา 2567",
        "Fill in the {what_en}, or write it above the table: NT ป.3 ปีการศึกษา 2567",
    ),
    "bad_score": Finding(
        "warn",
        "“{value}” ไม่ใช่คะแนน 0 ถึง 100 จึงไม่ได้ใช้",
        "'{value}' is not a score from 0 to 100 and is not used",
        "ใส่คะแนนเฉลี่ยร้อยละ 0 ถึง 100",
        "Write the mean score as a percentage, 0 to 100",
    ),
    "unknown_quality": Finding(
        "warn",
        "ไม่รู้จักระดับคุณภาพ “{value}”",
        "The quality level '{value}' is not known",
        "ใช้คำว่า ดีมาก ดี พอใช้ หรือ ปรับปรุง",
        "Use ดีมาก (excellent), ดี (good), พอใช้ (fair) or ปรับปรุง (to improve)",
    ),
    "test_twice": Finding(
        "warn",
        "ผลสอบของโรงเรียน {key} วิชาเดียวกันมีอยู่แล้วที่ {first} ใช้แถวแรกเท่านั้น",
        "This result of school {key} stands in {first} already; only that one is used",
        "เหลือแถวที่ถูกต้องไว้แถวเดียว",
        "Leave only the row that is right",
    ),
    "score_suppressed": Finding(
        "note",
        "ไม่แสดงคะแนน {results} รายการ เพราะผู้เข้าสอบน้อยกว่า {least} คนหรือไม่ทราบจำนวน",
        "{results} scores are not shown: fewer than {least} pupils sat the test, or it is not "
        "known how many",
        "ไม่ต้องแก้ ถ้าไม่มีช่องจำนวนผู้เข้าสอบ ให้เพิ่มช่องนั้น",
        "Nothing to mend; where the number of examinees is missing, add that column",
    ),
}

"""Subjects and quality levels of national tests, as layers hold them.

Source: domain notes C12 (NT to 2561 and from 2562, RT, O-NET).
"""

SUBJECTS = (
    "thai",
    "mathematics",
    "science",
    "english",
    "language",
    "numeracy",
    "reasoning",
    "reading_aloud",
    "reading_comprehension",
    "total",
)

#: Heading key of a quality level -> its code.
QUALITY = {
    "ดีมาก": "excellent",
    "excellent": "excellent",
    "ดี": "good",
    "good": "good",
    "พอใช้": "fair",
    "fair": "fair",
    "ปรับปรุง": "to_improve",
    "ควรปรับปรุง": "to_improve",
    "to_improve": "to_improve",
}

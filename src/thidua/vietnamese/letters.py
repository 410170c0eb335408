"""Letters of Vietnamese by case, for character classes: the Unicode ranges mix both cases."""

from __future__ import annotations

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
LOWER = VOWELS + CONSONANTS
UPPER = LOWER.upper()

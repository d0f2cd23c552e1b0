"""What news is made of, and what strangers put into it: pieces of which tests and the fuzzer make texts."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    *("Инна Лужина", "Лужиной", "Саврасова", "И. А. Кононов", "Кононов И.А.", "Касым-Оглы", "ван дер Берг", "Анна"),
    *("он", "она", "тот", "они", "которая", "себя", "мэр", "губернатор", "глава региона", "пресс-служба мэрии", "ООН"),
    *("сказал", "сообщила", "уверен", "по словам", "По данным", "со ссылкой на", "передаёт", "что", "Как отметил"),
    *("говорится в сообщении", "заявил, что", "призналась", "не", "назвал", "по его мнению", "якобы", "мол"),
    *("Орловки", "в Усть-Ладове", "«Вестник»", "мост", "откроют", "осенью", "т. е.", "г.", "5 млн руб.", "2031", "№ 7"),
    *("и", "но", "а", "в", "на", "от", "СРОЧНО", "ё", "РОССИЯ", "vesti.ru", "@luzhina", "https://a.b/c?d=e&f"),
)
"""Words and phrases that the rules know, and others that they must let be."""
MARKS = (
    *"«»„“”\"‹›'—–-‑―.,:;!?…()[]{}/\\|*_#%+=~`^<>&@\n\r\t ",
    *(" — ", "», — ", ": «", "»,", ", ", ". ", "… ", "! ", "\n\n", "\r\n", "\n— ", ". — ", "''", "<<", ">>", ",—"),
)
"""What stands between words."""
STRANGE = (
    *"\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x7f\x80\x85\x9b\xa0\xad\u0301\u0308\u0600\u061c\u200b\u200c\u200d\u200e\u200f",
    *"\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\ufffc\ufffd\ufffe\uffff\U000e0001\U0010ffff",
    *(
        "🙂",
        "👨\u200d👩\u200d👧",
        "🇷🇺",
        "é",
        "и\u0306",
        "ﬁ",
        "İ",
        "ẞ",
        "ǅ",
        "Ⅳ",
        "٣",
        "漢字",
        "שלום",
        "Луzhина",
        "Αθήνα",
    ),
    *("<b>", "</p>", "<br/>", "<!--", "-->", "&nbsp;", "&laquo;", "&quot;", "&#8212;", "<script>", "<![CDATA[", "]]>"),
)
"""Controls, marks that combine or turn the direction, other scripts, leftovers of HTML."""
PIECES = (*WORDS, *MARKS, *STRANGE)

REAL = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(REAL, max_size=120) | st.lists(
    st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.sampled_from(STRANGE) | st.text(REAL, max_size=2), max_size=60
).map("".join)
"""Any text, or any order of the pieces."""

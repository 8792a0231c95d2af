"""terms.txt and synonyms.tsv"""

from __future__ import annotations

import pytest

from baogao.corpus import Data, DataError
from baogao.corpus.vocabulary import Synonym, Term, read_synonyms, read_terms

HEAD = "canonical\taliases\ttype\tnote\texpand\n"


def test_terms() -> None:
    text = "三会一课 3 nz\n主题党日 3\n双报到 n\n创文创卫\n\n"
    assert read_terms(text, "terms.txt") == (
        Term("三会一课", 3, "nz"),
        Term("主题党日", 3, None),
        Term("双报到", None, "n"),
        Term("创文创卫", None, None),
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("三会一课 3 nz\n主题党日\t3\n", 2, "词 词频 词性"),
        ("三会一课  3\n", 1, "词 词频 词性"),
        ("三会一课 三\n", 1, "词 词频 词性"),
        ("三会一课 3 NZ\n", 1, "词 词频 词性"),
        ("# 注释 甲\n", 1, "词 词频 词性"),
        (" 三会一课\n", 1, "词 词频 词性"),
        ("甲\n乙\n\n甲 3\n", 4, "“甲”在第 1 行已有"),
    ],
)
def test_a_term_jieba_would_misread(text: str, line: int, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read_terms(text, "docs/_data/terms.txt")
    assert str(caught.value).startswith(f"docs/_data/terms.txt:{line}:1: ")
    assert says in caught.value.message


def test_synonyms() -> None:
    rows = (
        HEAD
        + "党的二十大\t二十大|党的第二十次全国代表大会\tabbr\t2022-10\teq\n\n七一\t\tvariant\t\tcontext\n"
    )
    assert read_synonyms(rows, "synonyms.tsv") == (
        Synonym("党的二十大", ("二十大", "党的第二十次全国代表大会"), "abbr", "2022-10", "eq"),
        Synonym("七一", (), "variant", "", "context"),
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "第一行应为"),
        ("canonical,aliases,type,note,expand\n", 1, 1, "第一行应为"),
        (HEAD + "甲\t乙\tabbr\teq\n", 2, 1, "应有 5 列，现有 4 列"),
        (HEAD + "甲\t乙\tabbr\t\teq\n甲\t丙\tabbr\t\teq\n", 3, 1, "“甲”在第 2 行已有"),
        (HEAD + "甲\t乙\tabbr\t注\talways\n", 2, 12, "“always”不在允许的写法里"),
    ],
)
def test_a_wrong_synonym_names_its_place(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read_synonyms(text, "docs/_data/synonyms.tsv")
    assert str(caught.value).startswith(f"docs/_data/synonyms.tsv:{line}:{column}: ")
    assert says in caught.value.message


def test_the_project_has_words(data: Data) -> None:
    assert {"三会一课", "主题党日", "双报到"} <= {term.text for term in data.terms}
    assert all(synonym.canonical not in synonym.aliases for synonym in data.synonyms)
    assert any("二十大" in synonym.aliases for synonym in data.synonyms)

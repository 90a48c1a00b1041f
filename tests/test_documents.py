"""Readers, encodings, masking and stories: what a folder of files really holds."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from geomap.documents import parse_document, read_document, read_documents
from geomap.documents.encodings import decode_text
from geomap.documents.html import html_text
from geomap.model.records import Document, Skip
from geomap.privacy import mask_people
from geomap.text.script import clean, simplify

NOTICE = (
    "金园社区户外劳动者驿站已经开放,站内有饮水机、微波炉和雨伞,每天8:00-18:00,"
    "环卫工人和骑手都能进来歇脚。"
)
TRADITIONAL = (
    "金園社區戶外勞動者驛站已經開放,站內有飲水機、微波爐和雨傘,環衛工人和騎手都能進來歇腳。"
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_simplified_text_in_any_encoding(encoding: str) -> None:
    assert decode_text(NOTICE.encode(encoding)) == NOTICE


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    assert decode_text(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_utf8_cut_in_the_middle_of_a_character_is_still_read() -> None:
    decoded = decode_text(NOTICE.encode()[:-1] + b"\xe6")
    assert decoded is not None
    assert decoded.startswith(NOTICE[:-2])


def code_of(path: Path) -> str:
    outcome = read_document(path)
    assert isinstance(outcome, Skip)
    assert outcome.where == path.name
    return outcome.code


def test_each_bad_file_is_one_clear_skip(tmp_path: Path) -> None:
    files = {
        "empty.txt": b"",
        "blank.txt": b" \n ",
        "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "noise.txt": bytes(range(256)) * 9,
        "page.doc": b"x",
        "line.txt": ("长" * 250_000).encode(),
        "word.docx": b"PK\x03\x04broken",
        "print.pdf": b"%PDF-1.4 broken",
        "fake.pdf": b"hello there",
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    documents, skips = read_documents(tmp_path)
    assert documents == []
    assert {skip.where: skip.code for skip in skips} == {
        "empty.txt": "empty-document",
        "blank.txt": "empty-document",
        "picture.txt": "wrong-kind",
        "noise.txt": "not-text",
        "page.doc": "unknown-suffix",
        "line.txt": "one-line",
        "word.docx": "broken-docx",
        "print.pdf": "broken-pdf",
        "fake.pdf": "wrong-kind",
    }


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert code_of(tmp_path / "huge.txt") == "too-large"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 120_000_000)
    (tmp_path / "bomb.docx").write_bytes(buffer.getvalue())
    assert code_of(tmp_path / "bomb.docx") == "zip-bomb"


def test_encrypted_and_picture_pdfs(tmp_path: Path) -> None:
    for name, password in (("locked.pdf", "secret"), ("scan.pdf", "")):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        if password:
            writer.encrypt(password)
        writer.write(tmp_path / name)
    assert code_of(tmp_path / "locked.pdf") == "encrypted"
    assert code_of(tmp_path / "scan.pdf") == "picture-only"


def test_word_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("驿站名单如下:")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "金园社区驿站", "金园路1号"
    word.save(str(tmp_path / "list.docx"))
    outcome = read_document(tmp_path / "list.docx")
    assert isinstance(outcome, Document)
    assert outcome.text == "驿站名单如下:\n金园社区驿站\t金园路1号"


def word_file(path: Path, body: str) -> None:
    """Write a Word file of this body; ``RUN(text)`` in it is a run of text."""
    word = WordDocument()
    runs = re.sub(r"RUN\((.*?)\)", r"<w:r><w:t>\1</w:t></w:r>", body)
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="' + COMPATIBILITY + '"'
    blocks = parse_xml(f"<w:body {nsdecls('w')} {names}>{runs}</w:body>")
    word.element.body.extend(list(blocks))
    word.save(str(path))


@pytest.mark.parametrize(
    "body, text",
    [
        ("<w:p>RUN(金园路)<w:del>RUN(1)</w:del><w:ins>RUN(28)</w:ins>RUN(号)</w:p>", "金园路28号"),
        ("<w:p><w:moveFrom>RUN(甲)</w:moveFrom><w:moveTo>RUN(乙)</w:moveTo></w:p>", "乙"),
        ("<w:p><w:smartTag>RUN(金园路)</w:smartTag>RUN(1号)</w:p>", "金园路1号"),
        (
            "<w:p><w:sdt><w:sdtPr/><w:sdtContent>RUN(甲)</w:sdtContent></w:sdt></w:p>"
            "<w:sdt><w:sdtContent><w:p>RUN(乙)</w:p></w:sdtContent></w:sdt>",
            "甲\n乙",
        ),
        (
            "<w:p>RUN(甲)<w:r><mc:AlternateContent><mc:Choice><v:textbox><w:txbxContent>"
            "<w:p>RUN(乙)</w:p><w:p>RUN(丙)</w:p></w:txbxContent></v:textbox></mc:Choice>"
            "<mc:Fallback><v:textbox><w:txbxContent><w:p>RUN(乙)</w:p><w:p>RUN(丙)</w:p>"
            "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            "<w:p>RUN(丁)</w:p>",
            "甲\n乙\n丙\n丁",
        ),
    ],
)  # fmt: skip
def test_a_word_file_says_what_its_reader_sees(tmp_path: Path, body: str, text: str) -> None:
    """Text that was inserted under tracking, in a form field or in a text box was not read."""
    word_file(tmp_path / "a.docx", body)
    outcome = read_document(tmp_path / "a.docx")
    assert isinstance(outcome, Document)
    assert outcome.text.strip() == text


def test_html_keeps_article_lists_and_tables_and_drops_furniture() -> None:
    text = html_text(
        "<html><head><title>名单_某网</title><style>p{}</style></head><body><nav>首页 "
        "驿站地图</nav>"
        "<div "
        "class='crumbs'>位置</div><h1>名单</h1><p>开放<b>时间</b></p><ul><li>甲站</li><li>乙站</li></ul>"
        "<table><tr><td><p>甲</p></td><td>一路</td></tr></table><div "
        "id='footer'>版权所有</div></body></html>"
    )
    assert text.splitlines() == ["名单", "开放时间", "甲站", "乙站", "甲\t一路"]


def test_front_matter_names_title_and_day_and_offsets_stay_those_of_the_file() -> None:
    text = "---\ntitle: 名单\ndate: 2024-5-6\nsource: 某报\n---\n正文在这里。\n"
    document = parse_document("a.md", text, markdown=True)
    assert (document.title, document.date, document.source) == ("名单", "2024-05-06", "某报")
    story = document.stories[0]
    assert document.text[story.start :] == story.text == "正文在这里。\n"


def test_a_newspaper_page_is_several_stories() -> None:
    page = (
        "甲区开了驿站\n\n本报讯(记者 王小二) 甲区总工会新开一家驿站,里面有水有座,骑手都说好。\n\n"
        "乙区办了培训\n\n本报讯(记者 李小三) 乙区总工会昨天办了一期培训班,三十名职工参加。\n"
    )
    stories = parse_document("page.txt", page).stories
    assert [story.title for story in stories] == ["甲区开了驿站", "乙区办了培训"]
    assert "乙区" not in stories[0].text


def test_private_names_and_numbers_leave_the_text_and_offsets_stay() -> None:
    text = "管理员王小明说,电话13912345678。王小明还说,骑手李师傅常来,72岁的张大爷也来。记者 赵四"
    masked = mask_people(text)
    assert len(masked) == len(text)
    for private in ("王小明", "13912345678", "李师傅", "张大爷", "赵四"):
        assert private not in masked
    assert "王某某" in masked


@pytest.mark.parametrize(
    "words",
    [
        "骑手应用界面即可",
        "慰问劳模和先进人物",
        "到北京市共青林场慰问",
        "把王家街道的驿站",
        "站点电话0535-1234567",
    ],
)
def test_masking_leaves_words_and_landlines_alone(words: str) -> None:
    assert mask_people(words) == words


@given(st.text(alphabet="王李张主席说,。某记者 甲乙1390\n「」裡著驛站", max_size=60))
def test_masking_keeps_length_and_is_stable(text: str) -> None:
    masked = mask_people(text)
    assert len(masked) == len(text)
    assert mask_people(masked) == masked


@given(st.text(alphabet="驛站統(tǒng)?/p>,。A\n\t \u3000大学生创园工会联合", max_size=80))
def test_clean_text_points_at_its_original_characters(text: str) -> None:
    cleaned = clean(text)
    plain = simplify(text)
    assert [plain[cleaned.origin(i)] for i in range(len(cleaned.text))] == list(cleaned.text)


def test_a_column_break_inside_a_name_is_closed_and_a_list_is_not() -> None:
    broken = "标题\n区一级组建了电商产业园工会联合会,还有大学\n\n生创业园工会联合会,覆盖八十家。"
    assert "大学生创业园工会联合会" in clean(broken).text
    listed = "名单如下:\n1.金园社区驿站,8:00-18:00\n2.银河社区驿站,8:00-18:00"
    assert clean(listed).text == listed


def test_pinyin_in_brackets_and_lost_tags_go() -> None:
    assert clean("總工會系統(tǒng)?/p>").text == "总工会系统"
    assert clean("配有AED(除颤仪)、(wifi)").text == "配有AED(除颤仪)、(wifi)"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            "<tr><td rowspan=2>江镇</td><td>甲站</td></tr><tr><td>乙站</td></tr>",
            ["江镇\t甲站", "江镇\t乙站"],
        ),
        (
            "<tr><td>甲站</td><td rowspan='2'>8:00</td></tr><tr><td>乙站</td></tr>"
            "<tr><td>丙</td></tr>",
            ["甲站\t8:00", "乙站\t8:00", "丙"],
        ),
        (
            "<tr><td colspan=2>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td><td>戊</td></tr>",
            ["甲\t\t乙", "丙\t丁\t戊"],
        ),
        (
            "<tr><td rowspan=9>甲<br>镇</td><td>乙</td></tr></table><table><tr><td>丙</td></tr>",
            ["甲 镇\t乙", "丙"],
        ),
        ("<tr><td rowspan=99999>甲</td></tr><tr><td>乙</td></tr>", ["甲", "乙"]),
    ],
)
def test_a_merged_cell_stands_in_each_of_its_rows(rows: str, lines: list[str]) -> None:
    assert html_text(f"<html><body><table>{rows}</table></body></html>").split("\n") == lines


def test_a_break_in_a_term_parts_no_lines() -> None:
    markup = "<dl><dt>公交场站驾驶员<br/>休息室</dt><dd>地址：某路<br>二楼</dd></dl>"
    assert html_text(markup).split("\n") == ["公交场站驾驶员休息室", "地址：某路", "二楼"]

"""The drawn certificate, judged by an independent checker of PDF/UA-1 and PDF/A-3."""

import io
import subprocess
import sys

import page
import pikepdf
import pytest
import segno
from django.conf import settings

from certificates import fonts, pdf
from certificates.codes import grouped
from tests.factories.certificates import DETAILS, LONGEST_NAME

NAMES = ["Li", "Amélie Dubois", "Александър Иванов", "D'Áöß-Ğışı Ñandú", LONGEST_NAME]


def failures(content: bytes, profile: str) -> list[str]:
    return [f"{failure.rule_id}: {failure.message}" for failure in page.validate_pdf_bytes(content, profile=profile).failures]


def text_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_judge_refuses_a_plain_pdf(profile):
    plain = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(plain)
    assert failures(plain.getvalue(), profile)


def test_the_judge_refuses_a_certificate_without_its_claim():
    content = pdf.render(DETAILS).replace(b"pdfuaid:part", b"pdfuaid:tarp")
    assert failures(content, "ua1")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", NAMES)
def test_accessible_archivable_small_and_one_page(language, name):
    content = pdf.render({**DETAILS, "holder": name, "language": language})
    assert failures(content, "ua1") == []
    assert failures(content, "3a") == []
    assert len(content) <= 200_000
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1
        assert str(document.Root.Lang) == language
        assert name in str(document.docinfo["/Title"])


@pytest.mark.program("pdftotext")
@pytest.mark.parametrize("name", NAMES)
def test_text_is_text(name):
    text = text_of(pdf.render({**DETAILS, "holder": name}))
    assert name in text
    for promised in (
        "Recognising and assisting trafficked children",
        "Hours of training: 3.5",
        "Version 1.0",
        "Partner Belgium",
        "Anke Peeters",
    ):
        assert promised in text
    assert "23 November 2026" in text
    assert grouped(DETAILS["code"]) in text
    assert DETAILS["url"] in text.replace(" ", "")
    assert all(outcome in text for outcome in DETAILS["outcomes"])


@pytest.mark.program("pdftotext")
@pytest.mark.parametrize("outcomes", [0, 6, 14, 60])
def test_however_much_was_learned_the_sheet_holds(outcomes):
    many = ["An outcome that takes a whole line and then a little more of the next one"] * outcomes
    details = {
        **DETAILS,
        "outcomes": many,
        "holder": LONGEST_NAME,
        "course": "Много дълго заглавие " * 7,
        "issuer": "An organisation with a very long official name " * 4,
        "signatory": "Wolfeschlegelsteinhausenbergerdorff " * 5,
        "signatory_role": "Head of training " * 11,
    }
    content = pdf.render(details)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1
    text = text_of(content)
    assert text.count("Wolfeschlegelsteinhausenbergerdorff") == 5
    assert text.count("Head of training") == 11
    listed = text.count("An outcome that takes a whole line")
    assert listed == outcomes or (outcomes == 60 and "listed at the address below" in text)
    assert failures(content, "ua1") == []


def test_only_our_fonts_are_embedded():
    with pikepdf.open(io.BytesIO(pdf.render({**DETAILS, "holder": LONGEST_NAME}))) as document:
        names = {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
        files = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o]
    assert names and all("+Certificate" in name for name in names)
    assert len(files) == 2


def test_the_qr_code_leads_to_the_check():
    expected = io.BytesIO()
    segno.make(DETAILS["url"], error="m", micro=False).save(expected, kind="svg", border=4, light="#fff", xmldecl=False, nl=False)
    assert pdf.qr_svg(DETAILS["url"]) == expected.getvalue()
    assert pdf.qr_svg(DETAILS["url"]) != pdf.qr_svg(DETAILS["url"] + "x")


def test_the_qr_code_is_described():
    with pikepdf.open(io.BytesIO(pdf.render(DETAILS))) as document:
        texts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert any(DETAILS["url"] in text for text in texts)


def test_the_same_details_give_the_same_bytes_in_another_process():
    script = (
        "import django, hashlib; django.setup();"
        "from certificates import pdf; from tests.factories.certificates import DETAILS;"
        "print(hashlib.sha256(pdf.render(DETAILS)).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=settings.BASE_DIR).stdout
        for _ in range(2)
    }
    assert len(digests) == 1
    assert pdf.render(DETAILS) != pdf.render({**DETAILS, "holder": "Somebody Else"})


@pytest.mark.program("pdftoppm")
def test_it_prints_in_grey(tmp_path):
    source = tmp_path / "certificate.pdf"
    source.write_bytes(pdf.render(DETAILS))
    grey = subprocess.run(["pdftoppm", "-gray", "-r", "50", source], capture_output=True, check=True).stdout  # noqa: S607
    kind, _width, _height, _depth, shades = grey.split(maxsplit=4)
    assert kind == b"P5"
    dark = sum(shade < 100 for shade in shades) / len(shades)
    assert 0.01 < dark < 0.3, "text and frame must be dark, the paper white"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:1/x",
        "https://example.org/x.png",
        "http://169.254.169.254/latest/meta-data/",
        "data:text/plain,x",
        "certificate:../settings/base.py",
        "certificate:NotoSans-Regular.ttf/../OFL.txt",
        "ftp://example.org/x",
    ],
)
def test_nothing_but_our_own_files_is_ever_fetched(address):
    fetcher = pdf.OwnFilesOnly(b"<svg/>")
    with pytest.raises(BaseException, match="may not load"):
        fetcher.fetch(address)
    with pytest.raises(BaseException, match="may not load"):
        fetcher(address)


def test_a_foreign_address_in_the_page_ends_the_rendering(tmp_path, settings):
    """Even a template that someone spoilt cannot read a file into a certificate."""
    folder = tmp_path / "certificates"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    folder.joinpath("certificate.html").write_text(f'<html lang="en"><img src="file://{secret}" alt="x"></html>')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    with pytest.raises(pdf.PdfNotMade):
        pdf.render(DETAILS)


@pytest.mark.program("pdftotext")
def test_markup_in_a_name_stays_text():
    name = "<img src=file:///etc/passwd> & <b>Li</b>"
    assert name in text_of(pdf.render({**DETAILS, "holder": name}))


def test_without_our_fonts_no_other_is_used(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "path", lambda name: tmp_path / name)
    fonts._advances.cache_clear()
    try:
        with pytest.raises(pdf.PdfNotMade):
            pdf.render(DETAILS)
    finally:
        fonts._advances.cache_clear()


def test_no_stream_seems_shorter_than_it_says():
    """A carriage return before the line feed that ends a stream is taken for a part of it. It takes many files to meet one."""
    for number in range(100):
        assert b"\r\nendstream" not in pdf.render({**DETAILS, "holder": f"Holder {number}"})

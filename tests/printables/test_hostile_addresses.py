"""Nothing that somebody wrote into a page is ever fetched for paper, from this machine or from another."""

import logging
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from printables import pdf
from printables.paper import on_paper

PAGE = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body class="sheet"><h1>Words</h1>%s</body></html>'
ADDRESSES = [
    "file:///etc/hostname",
    "http://127.0.0.1:1/x",
    "https://example.org/x.png",
    "http://169.254.169.254/latest/meta-data/",
    "data:text/plain,x",
    "ftp://example.org/x",
    "printable:fonts/../settings/base.py",
    "printable:fonts/NotoSans-Regular.ttf/../OFL.txt",
    "printable:images/../../db.sqlite3",
    "printable:images/no-such.png",
    "printable:qr/https://example.org/",
    "certificate:sign.svg",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_but_our_own_files_is_ever_fetched(address):
    with pytest.raises(ValueError):
        pdf.OwnFilesOnly().fetch(address)


@pytest.mark.django_db
def test_a_foreign_address_leaves_an_empty_place_and_asks_nobody(caplog):
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/x"
    caplog.set_level(logging.CRITICAL, logger="weasyprint")
    page = PAGE % (
        f'<p><img src="{address}.png" alt="x"></p><link rel="stylesheet" href="{address}.css">'
        f"<style>@import url({address}2.css); p {{ background: url({address}3.png) }}</style>"
        f'<svg viewBox="0 0 9 9"><title>x</title><image href="{address}4.png" width="9" height="9"/></svg>'
    )
    sheets = pdf.render(page)
    server.shutdown()
    thread.join()
    server.server_close()
    assert sheets.content.startswith(b"%PDF")
    assert asked == []


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://example.org/x.png" alt="">',
        '<iframe src="https://example.org/"></iframe>',
        '<p style="background: url(https://example.org/x)">Words</p>',
        '<svg><use href="https://example.org/x.svg#i"></use></svg>',
        '<script src="https://example.org/x.js"></script>',
        '<object data="https://example.org/x"></object>',
        '<video poster="https://example.org/x"><source src="https://example.org/x"></video>',
        '<link rel="attachment" href="https://example.org/x">',
    ],
)
def test_what_could_load_something_is_left_out_of_the_page(markup):
    assert "example.org" not in on_paper(markup)


def test_a_picture_from_elsewhere_leaves_its_words():
    assert on_paper('<img src="https://example.org/x.png" alt="A bench">') == '<p class="meta">A bench</p>'

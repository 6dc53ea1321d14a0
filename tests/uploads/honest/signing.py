"""A document signed as authorities sign theirs: a detached CMS signature over every byte but its own."""

from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from portal import clock
from tests.uploads.hostile.sources import document

ROOM = 8192
RANGE = b"[0 %010d %010d %010d]"


def signed(text: str) -> bytes:
    """A document of one page with a valid signature of a certificate that nobody else knows."""
    value = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20250303100000+08'00') /ByteRange %s /Contents <%s> >>"
    field = b"<< /FT /Sig /T (seal) /V 5 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R /F 132 >>"
    data = document(
        text=text, catalog=b"/AcroForm << /SigFlags 3 /Fields [6 0 R] >>", page=b"/Annots [6 0 R]",
        more=[value % (RANGE % (0, 0, 0), b"0" * ROOM), field],
    )  # fmt: skip
    start = data.index(b"/Contents <" + b"0" * 9) + len(b"/Contents ")
    end = start + ROOM + 2
    data = data.replace(RANGE % (0, 0, 0), RANGE % (start, end, len(data) - end))
    certificate, key = identity()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data[:start] + data[end:])
    signature = builder.add_signer(certificate, key, hashes.SHA256()).sign(
        serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    )
    return data[:start] + b"<" + signature.hex().encode().ljust(ROOM, b"0") + b">" + data[end:]


@cache
def identity() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示范签章")])
    begins = datetime(2025, 1, 1, tzinfo=clock.ZONE)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(begins).not_valid_after(begins + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return certificate, key

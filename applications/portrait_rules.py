"""What a portrait has to be: JPG, of the ratio and at least the size set for the installation."""

from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal import files
from portal.file_checks import content

SLOT = "photo"
# A pixel more or less at either side, as scanners and programs round.
NEAR = 0.012


def least() -> tuple[int, int]:
    return settings.PORTRAIT_WIDTH, settings.PORTRAIT_HEIGHT


def told() -> str:
    """The rules in words, before anything is chosen."""
    width, height = least()
    return _("JPG 格式，不小于 %(width)s×%(height)s 像素，宽高与此成比例。") % {
        "width": width,
        "height": height,
    }


def require(upload: UploadedFile | BinaryIO, name: str) -> None:
    """Raises files.Refused for a picture that is no portrait; one that is cut to size here always is."""
    if content.sniff(upload) != "image/jpeg":
        raise files.Refused(_("照片“%(name)s”不是 JPG 格式。请另存为 JPG 后重新上传。") % {"name": name})
    size, wanted = content.dimensions(upload), least()
    if size is None or (size[0] >= wanted[0] and size[1] >= wanted[1] and _is_near(size, wanted)):
        return  # a picture whose size cannot be read is refused by its check
    raise files.Refused(
        _(
            "照片“%(name)s”为 %(across)s×%(down)s 像素，不符合要求：%(told)s请用“上传并裁剪照片”页裁好，"
            "或换一张更大的照片。"
        )
        % {"name": name, "across": size[0], "down": size[1], "told": told()}
    )


def _is_near(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    return abs(size[0] / size[1] - wanted[0] / wanted[1]) <= NEAR

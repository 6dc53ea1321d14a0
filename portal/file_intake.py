"""The check of a received file: viruses, then a look at the whole content in a child process with limits.

received → scanning → clean or refused. Repeating it changes nothing: a job may run twice.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal import clock, content_store
from portal.file_checks import antivirus, sandbox
from portal.models import FileState, StoredFile

UNCHECKED = (FileState.RECEIVED, FileState.SCANNING)


def check(file_id: int) -> None:
    """Checks one file, and makes it clean or refused.

    Raises:
        OSError: the storage or the virus scanner cannot answer; the file waits for the next try.
    """
    waiting = StoredFile.objects.filter(pk=file_id, state__in=UNCHECKED)
    if not waiting.update(state=FileState.SCANNING):
        return
    stored = StoredFile.objects.get(pk=file_id)
    with content_store.open_content(stored.received_sha256) as content:
        found = antivirus.scanner().scan(content)
    values = {"refusal": _sentence("virus", stored)} if found else _look_inside(stored)
    state = FileState.REFUSED if "refusal" in values else FileState.CLEAN
    waiting.update(state=state, checked_at=clock.now(), **values)


def give_up(file_id: int) -> None:
    """Refuses a file whose check never came to an end: who sent it learns what to do. It was not checked."""
    for stored in StoredFile.objects.filter(pk=file_id, state__in=UNCHECKED):
        sentence = _(
            "文件“%(name)s”的安全检查多次未能完成，系统已停止重试，文件不能使用。"
            "请重新上传；再次出现时，请联系页脚所列服务电话。"
        )
        StoredFile.objects.filter(pk=file_id, state__in=UNCHECKED).update(
            state=FileState.REFUSED, refusal=sentence % {"name": stored.name}
        )


def take_up(file_id: int) -> None:
    """Lets a file that was given up wait for its check again."""
    StoredFile.objects.filter(pk=file_id, state=FileState.REFUSED, checked_at=None).update(
        state=FileState.RECEIVED, refusal=""
    )


def _look_inside(stored: StoredFile) -> dict[str, Any]:
    """What the check found out, as columns of the row."""
    with tempfile.TemporaryDirectory(prefix="portal-intake-") as folder:
        source, output = Path(folder, "source"), Path(folder, "output")
        with content_store.open_content(stored.received_sha256) as content, source.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        if stored.content_type == "application/pdf":
            answer = sandbox.inspect_pdf(source)
            return _refusal(answer, stored) or {"pages": answer["pages"]}
        answer = sandbox.reencode_picture(source, output, stored.max_pixels)
        if refusal := _refusal(answer, stored):
            return refusal
        with output.open("rb") as picture:
            sha256, size = content_store.put(picture)
        return {"sha256": sha256, "size": size, "pages": 1, **answer}


def _refusal(answer: dict[str, object], stored: StoredFile) -> dict[str, Any]:
    return {"refusal": _sentence(str(answer["refusal"]), stored)} if "refusal" in answer else {}


def _sentence(code: str, stored: StoredFile) -> str:
    """What is wrong and what to do, for the person who sent the file."""
    print_anew = _("请用“打印为 PDF”生成新文件后重新上传。")
    what, mend = {
        "virus": (_("含有病毒特征，已被拒收。"), _("请用杀毒软件检查您的电脑，再用干净的原件重新上传。")),
        "encrypted": (_("设有密码或权限保护，无法核验。"), _("请取消保护（另存为无密码的 PDF）后重新上传。")),
        "active": (_("含有脚本、表单提交或启动程序等动作，不予接收。"), print_anew),
        "embedded": (_("内嵌了其他文件，不予接收。"), _("请把内嵌文件单独上传；原文件") + print_anew),
        "no_pages": (_("没有页面。"), _("请检查原文件能否打开，再重新导出上传。")),
        "too_many_pages": (_("页数超过 500 页。"), _("请只保留与本项材料有关的页，拆分后上传。")),
        "too_many_pixels": (_("的像素超过上限。"), _("请用较低的分辨率重新扫描或缩小图片后上传。")),
        "too_heavy": (_("展开后过大，无法在安全限度内检查。"), print_anew),
        "broken": (_("已损坏或不完整，无法打开。"), _("请检查原文件能否打开，重新扫描或导出后上传。")),
    }[code]
    return _("文件“%(name)s”%(what)s%(mend)s") % {"name": stored.name, "what": what, "mend": mend}

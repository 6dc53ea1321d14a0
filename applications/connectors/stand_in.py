"""Connectors of the demonstration: they ask nobody, and say so in their name and in every text they give."""

import io
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.connectors.protocol import Answer, NotFound, Question

# A code that ends so is one that nobody knows: the demonstration shows that answer too.
UNKNOWN = "0000"


def marked(text: str) -> str:
    return _("%(text)s（演示数据）") % {"text": text}


class StandIn:
    """What every one of them is where it does not say otherwise."""

    needs_code = False
    needs_identity = False
    when_complete = False
    is_stand_in = True


class Degrees(StandIn):
    """Stands in for the degree that belongs to a verification code of CHSI."""

    kind = "education"
    source = gettext_lazy("学信网（演示数据）")
    action = gettext_lazy("凭学信网验证码获取")
    needs_code = True

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        del timeout
        if question.code.endswith(UNKNOWN):
            raise NotFound(_("学信网（演示数据）没有查到这个验证码。请核对后重试，或者自己填写并上传证书。"))
        return Answer(
            facts={"level": "bachelor", "awarded": "2012-06-30", "full_time": True},
            details={
                "school": marked(_("示范大学")),
                "major": marked(_("材料科学与工程")),
                "certificate_number": marked("DEMO-0001"),
                "started_on": date(2008, 9, 1).isoformat(),
            },
        )


class SocialInsurance(StandIn):
    """Stands in for the bureau's own record of paid months."""

    kind = "social_insurance"
    source = gettext_lazy("社会保险经办机构（演示数据）")
    action = gettext_lazy("获取参保证明")

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        del timeout
        facts: dict[str, object] = {"months": 36}
        if question.employer:
            facts["same_employer"] = True
        return Answer(facts=facts, details={"payer": marked(question.employer or _("示范单位"))})


class Papers(StandIn):
    """Stands in for a database of papers that is asked by the author's name."""

    kind = "paper"
    source = gettext_lazy("论文数据库（演示数据）")
    action = gettext_lazy("获取论文")
    when_complete = True

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        del question, timeout
        first = self._paper(_("锂盐提纯研究"), date(2018, 5, 1))
        second = self._paper(_("电芯循环寿命研究"), date(2019, 9, 1))
        return Answer(first.facts, first.details, more=(second,))

    def _paper(self, title: str, day: date) -> Answer:
        facts = {"kind": "paper", "date": day.isoformat(), "venue": "journal", "author": "first"}
        return Answer(facts, {"title": marked(title), "journal": marked(_("示范学报")), "indexed": "cnki"})


class Portrait(StandIn):
    """Stands in for a register that holds people's portraits; what it gives is a grey field with a word on it."""

    kind = "basics"
    source = gettext_lazy("人像信息库（演示数据）")
    action = gettext_lazy("获取照片")
    when_complete = True

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        from PIL import Image, ImageDraw  # noqa: PLC0415  only whoever asks needs it

        del question, timeout
        size = settings.PORTRAIT_WIDTH, settings.PORTRAIT_HEIGHT
        picture = Image.new("RGB", size, "lightgrey")
        ImageDraw.Draw(picture).text((size[0] / 2, size[1] / 2), "DEMO", fill="black")
        drawn = io.BytesIO()
        picture.save(drawn, "JPEG")
        return Answer({}, {}, picture=drawn.getvalue())

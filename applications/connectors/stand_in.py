"""Connectors of the demonstration: they ask nobody, and say so in their name and in every text they give."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.connectors.protocol import Answer, NotFound, Question

# A code that ends so is one that nobody knows: the demonstration shows that answer too.
UNKNOWN = "0000"


def marked(text: str) -> str:
    return _("%(text)s（演示数据）") % {"text": text}


class Degrees:
    """Stands in for the degree that belongs to a verification code of CHSI."""

    kind = "education"
    source = gettext_lazy("学信网（演示数据）")
    action = gettext_lazy("凭学信网验证码获取")
    needs_code = True
    needs_identity = False
    is_stand_in = True

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


class SocialInsurance:
    """Stands in for the bureau's own record of paid months."""

    kind = "social_insurance"
    source = gettext_lazy("社会保险经办机构（演示数据）")
    action = gettext_lazy("获取参保证明")
    needs_code = False
    needs_identity = False
    is_stand_in = True

    def fetch(self, question: Question, *, timeout: float) -> Answer:
        del timeout
        facts: dict[str, object] = {"months": 36}
        if question.employer:
            facts["same_employer"] = True
        return Answer(facts=facts, details={"payer": marked(question.employer or _("示范单位"))})

"""Questions of the self-check with one answer each: about the person, routes asked for, one's own statements."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.refusals import in_chinese
from applications.forms.section_forms import RecordForm
from applications.sections import Part
from applications.self_check.judged import JudgedClause, judged_clauses
from applications.self_check.state import State
from applications.wording import CLAIM, word
from portal.forms import PortalForm
from rules.dossier import DossierError, decode

CONSENT: Final = "consents"
GIVEN: Final = "supervising_body"
NOT_KNOWN = ("", _("不清楚，先不填"))
OPINIONS = (("", _("不清楚")), ("yes", _("我认为符合")), ("no", _("我认为不符合")))
SAID = {True: "yes", False: "no", None: ""}


class AnswersForm(RecordForm):
    """Questions of which the answers stand at the top of the dossier (`employer.kind`)."""

    unsaid = NOT_KNOWN

    def __init__(self, *args: Any, part: Part, dossier: Mapping[str, Any], **kwargs: Any) -> None:
        told = dict(dossier)
        if told.get(CONSENT) is not None:
            told[CONSENT] = GIVEN in told[CONSENT]
        super().__init__(*args, part=part, facts=told, prefix=part.kind, **kwargs)

    @property
    def answers(self) -> Iterator[tuple[str, Any]]:
        """Place in the dossier and answer, None where there is none."""
        for field in self.part.fields:
            said: Any = self.facts
            for name in field.name.split("."):
                said = said.get(name) if isinstance(said, Mapping) else None
            yield field.name, ([GIVEN] if said else []) if field.name == CONSENT and said is not None else said

    def _refuse_empty(self) -> None:
        """Nothing has to be answered."""

    def _read_strictly(self) -> None:
        try:
            decode({name: said for name, said in self.facts.items() if name != CONSENT})
        except DossierError as error:
            field = error.place.replace(".", "__")
            self.add_error(field if field in self.fields else None, in_chinese(error.message))


class RoutesForm(PortalForm):
    """Special routes asked for."""

    place = "claims"
    claims = forms.MultipleChoiceField(label=_("特别申报途径"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        said = state.dossier.get("claims") or []
        super().__init__(*args, prefix="routes", initial={"claims": said}, **kwargs)
        routes = state.entry.level(state.level).claims
        self.fields["claims"].choices = [  # type: ignore[attr-defined]
            (claim, f"{word(CLAIM, claim)}：{section.clauses[0].label}（{section.clauses[0].number}）")
            for claim, section in routes.items()
        ]

    @property
    def answer(self) -> list[str] | None:
        return self.cleaned_data["claims"] or None


class StatementsForm(PortalForm):
    """What the person thinks of the clauses that only people can judge."""

    place = "attestations"

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, prefix="statements", **kwargs)
        self.clauses = judged_clauses(state.entry, state.level, state.dossier.get("claims") or [])
        said = state.dossier.get("attestations") or {}
        for number, clause in enumerate(self.clauses):
            self.fields[f"clause-{number}"] = forms.ChoiceField(
                label=_heading(clause),
                help_text=f"{clause.question}？" if clause.question else "",
                choices=OPINIONS,
                required=False,
                initial=SAID[said.get(clause.number)],
                widget=forms.RadioSelect,
            )

    @property
    def answer(self) -> dict[str, bool] | None:
        said = {clause.number: self.cleaned_data[f"clause-{number}"] for number, clause in enumerate(self.clauses)}
        return {clause: opinion == "yes" for clause, opinion in said.items() if opinion} or None


def _heading(clause: JudgedClause) -> str:
    return f"{clause.number} {clause.label}"

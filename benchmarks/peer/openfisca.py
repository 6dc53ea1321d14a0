"""高级工程师 of 27号 in OpenFisca, over facts counted beforehand. Runs in the environment of its own, a child of the bench.

Reads the facts of all people from a file named on the command line; then answers one command a line with one line of
JSON: `answers` (of every person, every clause), `situation N` and `columns N` (processor seconds for the first N).
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2024-06"
PERSON = Entity("person", "persons", "A person", "")


def at_least(fact, bound):
    return lambda person, month: person(fact, month) >= bound


def every(*names):
    def formula(person, month):
        found = person(names[0], month)
        for name in names[1:]:
            found = found * person(name, month)
        return found

    return formula


def some(*names):
    def formula(person, month):
        found = person(names[0], month)
        for name in names[1:]:
            found = found + person(name, month)
        return found

    return formula


def count_of(names, bound):
    return lambda person, month: sum(person(name, month).astype(int) for name in names) >= bound


ITEMS = [f"五(三){number}" for number in range(1, 8)]
# Every clause by its official number, as the notice has it.
CLAUSES = {
    "2023年度通知一(五)": lambda person, month: (
        ~(person("retired_or_civil_servant", month) + person("sanctioned", month))
    ),
    "一(一)": every("conduct"),
    "一(二)": every("ethics"),
    "一(三)": every("duty"),
    "一(四)": lambda person, month: (
        person("assessed_competent", month)
        * (person("learning_committed", month) + (person("learning_hours", month) >= 90))
    ),
    "五(一)1": lambda person, month: person("doctor", month) * (person("months_since_doctor", month) >= 24),
    "五(一)2": lambda person, month: (
        person("engineer", month)
        * person("bachelor", month)
        * (
            (person("years_in_title", month) >= 5)
            + person("professional_degree", month) * (person("years_in_title", month) >= 4)
        )
    ),
    "五(一)3": lambda person, month: person("senior_technician", month) * (person("months_since_grade", month) >= 48),
    "五(一)": some("五(一)1", "五(一)2", "五(一)3"),
    "五(二)1": every("designs"),
    "五(二)2": every("implements"),
    "五(二)3": every("researches"),
    "五(二)4": every("adopts"),
    "五(二)": lambda person, month: (
        person("masters_theory", month)
        * (person("五(二)1", month) + person("五(二)2", month) + person("五(二)3", month) + person("五(二)4", month))
    ),
    "五(三)1": at_least("awards", 1),
    "五(三)2": at_least("projects", 2),
    "五(三)3": at_least("standards", 1),
    "五(三)4": at_least("reports", 1),
    "五(三)5": at_least("unit_projects", 2),
    "五(三)6": lambda person, month: (person("monographs", month) >= 1) + (person("papers", month) >= 2),
    "五(三)7": at_least("patents", 1),
    "五(三)": count_of(ITEMS, 2),
    "五(四)1": lambda person, month: (person("science_awards", month) >= 1) + (person("industry_awards", month) >= 1),
    "五(四)2": at_least("patent_medals", 1),
    "五(四)3": at_least("honours", 1),
    "五(四)4": lambda person, month: (
        count_of(ITEMS, 3)(person, month) * (person("endorsements", month) >= 2) * person("consent", month)
    ),
    "五(四)": lambda person, month: (
        person("engineer", month)
        * (person("五(四)1", month) + person("五(四)2", month) + person("五(四)3", month) + person("五(四)4", month))
    ),
}
VERDICT = "verdict"


def met(person, month):
    given = every("2023年度通知一(五)", "一(一)", "一(二)", "一(三)", "一(四)", "五(二)", "五(三)")
    return given(person, month) * (person("五(一)", month) + person("五(四)", month))


def system(facts):
    built = TaxBenefitSystem([PERSON])

    def add(name, type_, formula=None):
        told = {"value_type": type_, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name}
        built.add_variable(type(name, (Variable,), told | ({"formula": formula} if formula else {})))

    for name, value in facts.items():
        add(name, type(value))
    for name, formula in CLAUSES.items():
        add(name, bool, formula)
    add(VERDICT, bool, met)
    return built


def by_situation(built, person):
    situation = {"persons": {"one": {name: {MONTH: value} for name, value in person.items()}}}
    simulation = SimulationBuilder().build_from_dict(built, situation)
    return {name: bool(simulation.calculate(name, MONTH)[0]) for name in (*CLAUSES, VERDICT)}


def by_columns(built, people):
    simulation = SimulationBuilder().build_default_simulation(built, len(people))
    for name, value in people[0].items():
        simulation.set_input(name, MONTH, np.array([person[name] for person in people], dtype=type(value)))
    return {name: simulation.calculate(name, MONTH) for name in (*CLAUSES, VERDICT)}


def seconds(work):
    started = time.process_time()
    work()
    return time.process_time() - started


def main():
    people = json.loads(Path(sys.argv[1]).read_text(encoding="utf8"))
    built = system(people[0])
    for line in sys.stdin:
        command, *count = line.split()
        some_people = people[: int(count[0])] if count else people
        if command == "situation":
            answer = seconds(lambda some_people=some_people: [by_situation(built, person) for person in some_people])
        elif command == "columns":
            answer = seconds(lambda some_people=some_people: by_columns(built, some_people))
        else:
            found = by_columns(built, some_people)
            answer = [{name: bool(values[row]) for name, values in found.items()} for row in range(len(some_people))]
            assert answer[:50] == [by_situation(built, person) for person in some_people[:50]]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

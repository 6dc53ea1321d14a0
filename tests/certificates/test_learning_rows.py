"""A year of the review form holds all that was learned in it, however many records say so."""

from certificates.papers import tables


def learned(year: int, hours: float | None, content: str = "") -> dict[str, object]:
    facts = {"year": year, **({} if hours is None else {"hours": hours})}
    return {"kind": "continuing_education", "facts": facts, "details": {"content": content} if content else {}}


def test_the_hours_of_a_year_are_summed_and_its_contents_joined():
    assessed = {"kind": "assessment", "facts": {"year": 2018, "result": "competent"}, "details": {}}
    found = [learned(2019, 60, "锂电安全"), learned(2019, 30.5, "标准化"), learned(2018, None), assessed]

    (table,) = [one for one in tables.of_person(found) if "继续教育" in one["heading"]]

    assert table["rows"] == [["2018", "", "", "合格（称职）"], ["2019", "90.5", "锂电安全；标准化", ""]]

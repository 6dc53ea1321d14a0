"""The four policies written out by hand from their notices and the contract, one module a policy.

Shares no code with `rules`: plain functions over the JSON of a dossier, spells walked, assignments tried in every way.
"""

from datetime import date

from tests.rules.oracles import (
    jiangxi_lithium_2023,
    tianjin_engineering_2019,
    tianjin_lithium_2022,
    zhejiang_battery_2020,
)
from tests.rules.oracles.person import Answer, Facts

BY_POLICY = {
    "tianjin-lithium-2022": tianjin_lithium_2022,
    "tianjin-engineering-2019": tianjin_engineering_2019,
    "jiangxi-lithium-2023": jiangxi_lithium_2023,
    "zhejiang-battery-2020": zhejiang_battery_2020,
}


def answer(policy: str, level: str, dossier: Facts, as_of: date, opened: date) -> Answer:
    return BY_POLICY[policy].answer(level, dossier, as_of, opened)

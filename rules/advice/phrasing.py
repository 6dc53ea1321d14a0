"""A record that would do, in the words of an applicant: 省部级及以上、三等奖及以上、有个人证书的奖项."""

from rules import demands, words
from rules.dossier_words import KEYS
from rules.leaves import Records, Tests


def record(spec: Records) -> str:
    """What is asked of one more record of a list."""
    asked = "、".join(filter(None, (demands.every(spec.where), _any(spec.any_of))))
    if spec.of == "achievements":
        return f"{asked}的{kinds(spec)}" if asked else kinds(spec)
    return f"{KEYS[spec.of]}：{asked}" if asked else KEYS[spec.of]


def kinds(spec: Records) -> str:
    return words.either([words.word(kind, "kind") for kind in spec.kind])


def _any(options: list[Tests]) -> str:
    """Alternatives, the longer ones in brackets, the same ones once: 主持或（省部级及以上、前5名）."""
    said = ((demands.every(option), len(option) > 1) for option in options)
    return "或".join(dict.fromkeys(f"（{text}）" if bracketed else text for text, bracketed in said))

"""`make bench-pdf`: our papers against a plain WeasyPrint call with the system's Noto, in interleaved rounds of one run."""

import os
import time
from collections.abc import Callable
from statistics import median

import django

ROUNDS = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML

    from benchmarks.report import Ratio, publish
    from certificates.render import renderer
    from certificates.weasyprint_renderer import HandedOver, style_sheet
    from tests.certificates import samples

    def plain(printable) -> bytes:
        """What a newcomer writes: parse the style, find the system's fonts, print; every time anew."""
        html = render_to_string(printable.template, dict(printable.data))
        system = style_sheet().replace("Portal Song", "Noto Serif CJK SC").replace("Portal Hei", "Noto Sans CJK SC")
        document = HTML(string=html, base_url="memory:", url_fetcher=HandedOver(printable.pictures))
        return document.write_pdf(stylesheets=[CSS(string=system, url_fetcher=HandedOver({}))])

    papers = {"certificate": samples.certificate(), "review form": samples.review_form()}
    seconds: dict[tuple[str, str], list[float]] = {}
    ways: dict[str, Callable] = {"ours": renderer().render, "plain": plain}
    for way in ways.values():
        way(papers["certificate"])
    for _ in range(ROUNDS):
        for name, printable in papers.items():
            for way, make in ways.items():
                began = time.perf_counter()
                make(printable)
                seconds.setdefault((name, way), []).append(time.perf_counter() - began)
    speed = {key: median(values) for key, values in seconds.items()}
    size = len(renderer().render(papers["certificate"])) / 1024
    publish(
        "pdf",
        [
            Ratio(
                "certificate ÷ plain WeasyPrint",
                speed["certificate", "plain"] / speed["certificate", "ours"],
                must=3,
                stretch=15,
            ),
            Ratio(
                "review form ÷ plain WeasyPrint",
                speed["review form", "plain"] / speed["review form", "ours"],
                must=1.3,
                stretch=3,
            ),
            Ratio("60 KB ÷ certificate's size", 60 / size, must=1, stretch=60 / 45),
        ],
    )


if __name__ == "__main__":
    main()

"""A plot of how cost grows, drawn as SVG by hand: CPU time a page and peak memory over the number of pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 200, 60, 40, 90
INK, LINE, PALE = "#222", "#1f5fa8", "#ddd"


def draw(runs: Sequence[tuple[int, float, float]]) -> str:
    """The plot of runs (pages, CPU seconds, peak MB), two panels side by side; pages on a logarithmic axis."""
    sizes = [size for size, _, _ in runs]
    panels = (
        ("CPU time a page (µs)", [cpu / size * 1e6 for size, cpu, _ in runs]),
        ("peak memory (GB)", [peak / 1024 for _, _, peak in runs]),
    )
    width, height = LEFT + 2 * WIDTH + GAP + 20, TOP + HEIGHT + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for number, (title, values) in enumerate(panels):
        parts += _panel(LEFT + number * (WIDTH + GAP), title, sizes, values)
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, title: str, sizes: Sequence[int], values: Sequence[float]) -> list[str]:
    top = _round_up(max(values))
    low, high = log10(min(sizes)) - 0.15, log10(max(sizes)) + 0.15
    across = [left + WIDTH * (log10(size) - low) / (high - low) for size in sizes]
    down = [TOP + HEIGHT * (1 - value / top) for value in values]
    parts = [f'<text x="{left}" y="{TOP - 16}" font-weight="bold">{title}</text>']
    for step in range(5):
        y = TOP + HEIGHT * step / 4
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}" stroke="{PALE}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{top * (1 - step / 4):g}</text>')
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    parts.append(f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    for x, y, size, value in zip(across, down, sizes, values, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>')
        parts.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{value:.3g}</text>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">pages</text>')
    return parts


def _round_up(value: float) -> float:
    """The next number of one or two digits that quarters well, a little above ``value``."""
    scale = 10.0 ** (ceil(log10(max(value, 1e-9))) - 1)
    return next(n * scale for n in (1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10, 12) if n * scale >= value * 1.1)

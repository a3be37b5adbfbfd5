"""Pictures as SVG: a curve over the right one, a histogram over the right one. Colours are the page's."""

import math

from autograder.number import number
from autograder.pictures import Curve, Drawing, Histogram
from autograder.texts import text

WIDTH, HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 10, 10, 24
_MAX_STRETCH = 1.0  # times the right values' own range that the picture grows by to show wrong ones
_SAME = 0.005  # of the range: no eye sees less


def draw(drawing: Drawing) -> str:
    """Return a picture as an SVG element without its description."""
    match drawing:
        case Curve():
            return _draw_curve(drawing)
        case Histogram():
            return _draw_histogram(drawing)


def describe(drawing: Drawing, language: str) -> str:
    """Return in words what a picture shows, for those who cannot see it."""
    match drawing:
        case Curve(x=x, y=y, right=right):
            missing = sum(value is None for value in y)
            gaps = [abs(value - wanted) if value is not None else 0.0 for value, wanted in zip(y, right)]
            worst = gaps.index(max(gaps))
            if missing:
                return text(language, "picture.gaps", missing=missing, total=len(x))
            if gaps[worst] <= _SAME * (max(right) - min(right)):
                return text(language, "picture.same")
            values = {"x": number(x[worst]), "y": _short(y[worst] or 0.0), "right": _short(right[worst])}
            return text(language, "picture.differs", **values)
        case Histogram(edges=edges, counts=counts):
            filled = [i for i, count in enumerate(counts) if count]
            if not filled:
                return text(language, "picture.nothing")
            low, high = edges[filled[0]], edges[filled[-1] + 1]
            return text(language, "picture.spread", low=number(round(low, 3)), high=number(round(high, 3)))


class _Axes:
    """Turns numbers into places in the picture."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.x, self.y = x, y

    def across(self, value: float) -> float:
        low, high = self.x
        return _LEFT + (value - low) / (high - low) * (WIDTH - _LEFT - _RIGHT)

    def up(self, value: float) -> float:
        low, high = self.y
        inside = min(max(value, low), high)
        return HEIGHT - _BOTTOM - (inside - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)

    def _label(self, value: float, of: tuple[float, float]) -> str:
        """Return a tick's number, as exactly as the picture is."""
        step = 10 ** math.floor(math.log10((of[1] - of[0]) / 100))
        return _short(round(value / step) * step)

    def svg(self, ticks_x: list[float], ticks_y: list[float]) -> str:
        """Return the axes with numbers at `ticks_x` and `ticks_y`."""
        bottom = HEIGHT - _BOTTOM
        lines = [f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{WIDTH - _RIGHT}"/>']
        for value in ticks_x:
            place = self.across(value)
            lines.append(f'<path class="grid" d="M{place:.1f} {_TOP}V{bottom}"/>')
            lines.append(
                f'<text x="{place:.1f}" y="{bottom + 16}" text-anchor="middle">{self._label(value, self.x)}</text>'
            )
        for value in ticks_y:
            place = self.up(value)
            lines.append(f'<path class="grid" d="M{_LEFT} {place:.1f}H{WIDTH - _RIGHT}"/>')
            lines.append(
                f'<text x="{_LEFT - 6}" y="{place + 4:.1f}" text-anchor="end">{self._label(value, self.y)}</text>'
            )
        return "".join(lines)


def _svg(content: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{content}</svg>'


def _draw_curve(curve: Curve) -> str:
    low, high = min(curve.right), max(curve.right)
    span = (high - low) or 1.0
    known = [value for value in curve.y if value is not None] or [low]
    bottom = max(min(*known, low), low - _MAX_STRETCH * span) - 0.05 * span
    top = min(max(*known, high), high + _MAX_STRETCH * span) + 0.05 * span
    axes = _Axes((curve.x[0], curve.x[-1]), (bottom, top))
    middle = (curve.x[0] + curve.x[-1]) / 2
    return _svg(
        axes.svg([curve.x[0], middle, curve.x[-1]], [low, (low + high) / 2, high])
        + f'<path class="right" d="{_path(axes, curve.x, curve.right)}"/>'
        + f'<path class="hers" d="{_path(axes, curve.x, curve.y)}"/>'
    )


def _path(axes: _Axes, x: list[float], y: list[float] | list[float | None]) -> str:
    """Return the path through the points, interrupted where there is none."""
    path, pen = [], "M"
    for across, value in zip(x, y):
        if value is None:
            pen = "M"
        else:
            path.append(f"{pen}{axes.across(across):.1f} {axes.up(value):.1f}")
            pen = "L"
    return "".join(path)


def _draw_histogram(histogram: Histogram) -> str:
    edges = histogram.edges
    usual = max(histogram.right) or 1.0
    top = min(max(*histogram.counts, usual), 3 * usual) * 1.05
    axes = _Axes((edges[0], edges[-1]), (0.0, top))
    bars = ""
    for i, count in enumerate(histogram.counts):
        left, right, up = axes.across(edges[i]), axes.across(edges[i + 1]), axes.up(count)
        if count:
            height = HEIGHT - _BOTTOM - up
            bars += f'<rect class="bar" x="{left:.1f}" y="{up:.1f}" width="{right - left:.1f}" height="{height:.1f}"/>'
    outline = f"M{axes.across(edges[0]):.1f} {axes.up(0):.1f}"
    for i, wanted in enumerate(histogram.right):
        outline += f"V{axes.up(wanted):.1f}H{axes.across(edges[i + 1]):.1f}"
    middle = (edges[0] + edges[-1]) / 2
    ticks = [edges[0], (edges[0] + middle) / 2, middle, (middle + edges[-1]) / 2, edges[-1]]
    return _svg(axes.svg(ticks, [0, usual]) + bars + f'<path class="right" d="{outline}"/>')


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")

"""Contrast ratios after WCAG 2.1, so that pairings of tokens are measured instead of judged by eye."""

from typing import Final

TEXT_MINIMUM: Final = 4.5
MARK_MINIMUM: Final = 3.0


def relative_luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2.1 defines it, 0 for black and 1 for white."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """Contrast of two opaque colours, from 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)

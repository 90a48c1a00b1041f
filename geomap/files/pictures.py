"""Pictures that others took: made small and plain, or refused.

What leaves is written anew from the pixels alone: no place, day, camera or comment of the file
goes with it. Work and memory are bounded before a pixel is unpacked.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from geomap.files.foreign import parsing
from geomap.files.limits import MAX_PIXELS
from geomap.model.records import InputError

#: What a phone's picture comes in; no other decoder of the library is ever asked.
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
#: Longest side (pixels) and quality, the finest first: the first that is light enough is taken.
_STEPS = ((960, 80), (960, 65), (720, 60), (480, 50), (320, 40))
#: What a rider loads for one picture at most (bytes): half a second at 1.6 Mbit/s.
MOST_BYTES = 100_000


def shrink_picture(raw: bytes, name: str) -> tuple[bytes, int, int]:
    """Return a picture as JPEG of at most :data:`MOST_BYTES`, upright, and its width and height.

    The same bytes in are the same bytes out.

    Parameters
    ----------
    raw : a JPEG, PNG or WebP file; of one that moves, its first picture is taken.
    name : of the file, for the error.

    Raises
    ------
    InputError
        It is damaged, of another format, or holds more than ``MAX_PIXELS``.
    """
    refusal = InputError(
        f"{name}: no sound JPEG, PNG or WebP picture; save it again", code="photo-damaged",
        where=name,
    )  # fmt: skip
    with parsing(refusal):
        picture = _read(raw, name)
        for side, quality in _STEPS:
            small = picture.copy()
            small.thumbnail((side, side), Image.Resampling.LANCZOS)
            written = io.BytesIO()
            small.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= MOST_BYTES:
                break
    return written.getvalue(), small.width, small.height


def _read(raw: bytes, name: str) -> Image.Image:
    """Return the picture upright, in red, green and blue, with nothing beside its pixels."""
    try:
        image = Image.open(io.BytesIO(raw), formats=sorted(set(FORMATS.values())))
    except Image.DecompressionBombError as error:
        raise _too_large(name, "") from error
    with image:
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(name, f"{image.width} × {image.height}")
        # A JPEG can be unpacked at a half, a quarter or an eighth, which costs as little.
        image.draft("RGB", (_STEPS[0][0], _STEPS[0][0]))
        upright = _on_white(ImageOps.exif_transpose(image))
    upright.info = {}
    return upright


def _too_large(name: str, size: str) -> InputError:
    return InputError(
        f"{name}: more than {MAX_PIXELS} pixels ({size or 'far more'}); make it smaller",
        code="photo-too-large", where=name, detail=size,
    )  # fmt: skip


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")

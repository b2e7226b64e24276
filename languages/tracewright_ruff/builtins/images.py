"""Images, by libgd. They are values: a method gives another image. A pixel is 0xAARRGGBB, whose alpha is 0 (opaque) to 127."""

from __future__ import annotations

from typing import Final, final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release
from tracewright.core.memory import load32, store32
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import Finalizer, account_memory, attach_finalizer, run_due_finalizers
from tracewright_ruff import libraries_gd as gd
from tracewright_ruff.builtins.arguments import float_of, int_at, is_number, saturated_int, text_at
from tracewright_ruff.builtins.files import put, read_bytes
from tracewright_ruff.builtins.system_errors import because
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import text_value
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

LOAD: Final = "Cannot load image"
SAVE: Final = "Cannot save image"
MOST_PIXELS: Final = 100_000_000
LONGEST_SIDE: Final = 65_500
MOST_SIGMA: Final = 100.0
JPEG_QUALITY: Final = 90
MIDDLE: Final = 128.0  # of the values of a color
FORMATS: Final[list[str]] = ["jpg", "jpeg", "png", "webp", "gif", "bmp"]


@final
class OpenImage(Finalizer):
    """The library's image; it knows nothing of the object that the program holds."""

    def __init__(self, address: int, size: int) -> None:
        super().__init__()
        self.address = address
        self.size = size  # bytes that the library holds

    def run(self, target: object) -> None:
        gd.free_image(self.address)
        account_memory(-self.size)


@final
class W_Image(W_Opaque):
    """An image, and the format of the file that it came from."""

    def __init__(self, opened: OpenImage, format_name: str) -> None:
        super().__init__("image")
        self.opened = opened
        self.format_name = format_name

    def width(self) -> int:
        """In pixels."""
        return load32(self.opened.address + gd.WIDTH)

    def height(self) -> int:
        """In pixels."""
        return load32(self.opened.address + gd.HEIGHT)

    def field(self, name: str) -> Value:
        match name:
            case "width":
                return Value.of_int(self.width())
            case "height":
                return Value.of_int(self.height())
            case "format":
                return text_value(self.format_name)
            case _:
                return Value.UNDEFINED


def _new_value(address: int, format_name: str) -> Value:
    """The object for an image that the library has made; NULL where there was no memory for it."""
    if address == NULL:
        raise GuestError("there is not enough memory for the image")
    run_due_finalizers()
    size = 4 * load32(address + gd.WIDTH) * load32(address + gd.HEIGHT)
    opened = OpenImage(address, size)
    image = W_Image(opened, format_name)
    account_memory(size)
    attach_finalizer(image, opened)
    return Value.of_object(image)


# --- files -----------------------------------------------------------------------------------------------------------
def _require() -> None:
    try:
        gd.GD.require()
    except MissingLibrary as error:
        raise GuestError(str(error))


def _format_of(data: bytes) -> str:
    """By the first bytes; "" if it is none that is known."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"GIF87a") or data.startswith(b"GIF89a"):
        return "gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"BM"):
        return "bmp"
    return ""


def _loaded(path: str) -> Value:
    _require()
    if "\0" in path:
        raise because(LOAD, path, "file name contained an unexpected NUL byte")
    data = read_bytes(path, LOAD)
    format_name = _format_of(data)
    address: int = NULL
    match format_name:
        case "png":
            address = gd.read_png(len(data), data)
        case "jpeg":
            address = gd.read_jpeg(len(data), data)
        case "gif":
            address = gd.read_gif(len(data), data)
        case "webp":
            address = gd.read_webp(len(data), data)
        case "bmp":
            address = gd.read_bmp(len(data), data)
        case _:
            raise because(LOAD, path, "The image format could not be determined")
    if address == NULL:
        raise because(LOAD, path, f"it is no valid {format_name} file")
    gd.use_true_colors(address)
    gd.save_alpha(address, 1)
    return _new_value(address, format_name)


def native_load(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`load_image(path)`: of jpg, png, webp, gif (its first picture) or bmp"""
    message = "load_image() requires a path string"
    if count < 1:
        raise GuestError(message)
    session.add_methods_late("image", METHODS)
    return _loaded(text_at(stack, first, message))


def _save(image: W_Image, path: str) -> None:
    dot = path.rfind(".")
    extension = path[dot + 1 :].lower() if dot >= 0 else ""
    if extension not in FORMATS:
        raise because(SAVE, path, f"the format must be one of {', '.join(FORMATS)}")
    address = image.opened.address
    size = Array(1, 0)
    data: int = NULL
    match extension:
        case "png":
            data = gd.write_png(address, size)
        case "gif":
            data = gd.write_gif(address, size)
        case "webp":
            data = gd.write_webp(address, size)
        case "bmp":
            data = gd.write_bmp(address, size, 0)
        case _:
            data = gd.write_jpeg(address, size, JPEG_QUALITY)
    if data == NULL:
        raise because(SAVE, path, f"it cannot be written as {extension}")
    whole = bytes_at(data, size[0] & 0xFFFFFFFF)
    gd.free_data(data)
    put(path, files.REPLACE, files.CURRENT, whole, SAVE)


def native_save(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.save(path)`: in the format that the path ends with"""
    message = "save() requires a path string"
    if count < 2:
        raise GuestError(message)
    path = text_at(stack, first + 1, message)
    if "\0" in path:
        raise because(SAVE, path, "file name contained an unexpected NUL byte")
    _save(_image(stack, first), path)
    return Value.TRUE


def native_gif_to_webp(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`gif_to_webp(gif, webp)`: the first picture"""
    message = "gif_to_webp() requires an input and an output path string"
    if count < 2:
        raise GuestError(message)
    image = _loaded(text_at(stack, first, message)).as_object()
    assert isinstance(image, W_Image)
    if image.format_name != "gif":
        raise because(LOAD, text_at(stack, first, message), "it is no gif file")
    path = text_at(stack, first + 1, message)
    if not path.lower().endswith(".webp"):
        raise because(SAVE, path, "the format must be webp")
    _save(image, path)
    return Value.TRUE


# --- shape -----------------------------------------------------------------------------------------------------------
def _image(stack: VMStack, first: int) -> W_Image:
    thing = stack[first].as_object()
    assert isinstance(thing, W_Image)
    return thing


def _sides(stack: VMStack, first: int, count: int, index: int, message: str) -> list[int]:
    """A width and a height."""
    if count < index + 2:
        raise GuestError(message)
    width = int_at(stack, first + index, message)
    height = int_at(stack, first + index + 1, message)
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE) or width * height > MOST_PIXELS:
        raise GuestError(message)
    return [width, height]


def native_resize(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.resize(width, height)`, `image.resize(width, height, "fit")`: within these, as wide for its height as it was"""
    image = _image(stack, first)
    sides = _sides(stack, first, count, 1, "resize() requires a positive width and height, not too large")
    width = sides[0]
    height = sides[1]
    if count > 3:
        if text_at(stack, first + 3, "resize() mode must be 'fit'") != "fit":
            raise GuestError("resize() mode must be 'fit'")
        if width * image.height() <= height * image.width():
            height = _scaled(image.height(), width, image.width())
        else:
            width = _scaled(image.width(), height, image.height())
    gd.set_interpolation(image.opened.address, gd.BICUBIC)
    result = gd.scaled(image.opened.address, width, height)
    return _finished(result, image)


def _scaled(side: int, target: int, other: int) -> int:
    """`side * target / other`, rounded, and at least 1."""
    doubled = 2 * other
    return max((2 * side * target + other) // doubled, 1) if doubled != 0 else 1


def _finished(address: int, image: W_Image) -> Value:
    if address != NULL:
        gd.save_alpha(address, 1)
    return _new_value(address, image.format_name)


def native_crop(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.crop(x, y, width, height)`: the part of this rectangle that lies in the image"""
    image = _image(stack, first)
    message = "crop() requires x, y, width and height inside of the image"
    sides = _sides(stack, first, count, 3, message)
    x = int_at(stack, first + 1, message)
    y = int_at(stack, first + 2, message)
    if not (0 <= x < image.width() and 0 <= y < image.height()):
        raise GuestError(message)
    part = allocate(16)
    store32(part, x)
    store32(part + 4, y)
    store32(part + 8, min(sides[0], image.width() - x))
    store32(part + 12, min(sides[1], image.height() - y))
    result = gd.cropped(image.opened.address, part)
    release(part)
    return _finished(result, image)


def native_rotate(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.rotate(degrees)`: clockwise, by 90, 180 or 270"""
    image = _image(stack, first)
    message = "rotate() requires 90, 180 or 270 degrees"
    degrees = int_at(stack, first + 1, message) if count > 1 else 0
    if degrees == 180:
        result = gd.copied(image.opened.address)
        if result != NULL:
            gd.flip_horizontally(result)
            gd.flip_vertically(result)
        return _finished(result, image)
    if degrees != 90 and degrees != 270:
        raise GuestError(message)
    source = image.opened.address
    width = image.width()
    height = image.height()
    result = gd.new_image(height, width)
    if result != NULL:
        gd.blend(result, 0)
        for y in range(height):
            for x in range(width):
                color = gd.pixel(source, x, y)
                if degrees == 90:
                    gd.set_pixel(result, height - 1 - y, x, color)
                else:
                    gd.set_pixel(result, y, width - 1 - x, color)
    return _finished(result, image)


def native_flip(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.flip("horizontal")`, `image.flip("vertical")`"""
    image = _image(stack, first)
    message = "flip() requires 'horizontal' or 'vertical'"
    direction = text_at(stack, first + 1, message) if count > 1 else ""
    if direction != "horizontal" and direction != "vertical":
        raise GuestError(message)
    result = gd.copied(image.opened.address)
    if result != NULL:
        if direction == "horizontal":
            gd.flip_horizontally(result)
        else:
            gd.flip_vertically(result)
    return _finished(result, image)


# --- colors ----------------------------------------------------------------------------------------------------------
def native_grayscale(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.to_grayscale()`"""
    image = _image(stack, first)
    result = gd.copied(image.opened.address)
    if result != NULL:
        gd.make_gray(result)
    return _finished(result, image)


def _factor(stack: VMStack, first: int, count: int, most: float, message: str) -> float:
    if count < 2 or not is_number(stack[first + 1]) or not 0.0 <= float_of(stack[first + 1]) <= most:
        raise GuestError(message)
    return float_of(stack[first + 1])


def native_blur(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.blur(sigma)`: as Gauss has it"""
    image = _image(stack, first)
    sigma = _factor(stack, first, count, MOST_SIGMA, "blur() requires a sigma between 0 and 100")
    # The library mirrors what it needs beyond an edge once, so it must not need more than there is.
    radius = min(saturated_int(3.0 * sigma) + 1, image.width() - 1, image.height() - 1)
    if sigma < 0.1 or radius < 1:
        return _finished(gd.copied(image.opened.address), image)
    return _finished(gd.blurred(image.opened.address, radius, sigma), image)


def _with_colors(image: W_Image, factor: float, middle: float) -> Value:
    """Each value of a color so many times as far from the middle."""
    table = bytearray(256)
    for level in range(256):
        table[level] = saturated_int(min(max((float(level) - middle) * factor + middle + 0.5, 0.0), 255.0))
    result = gd.copied(image.opened.address)
    if result != NULL:
        gd.blend(result, 0)
        for y in range(image.height()):
            for x in range(image.width()):
                color = gd.pixel(result, x, y)
                red = table[color >> 16 & 0xFF]
                green = table[color >> 8 & 0xFF]
                gd.set_pixel(result, x, y, color & 0x7F000000 | red << 16 | green << 8 | table[color & 0xFF])
    return _finished(result, image)


def native_brightness(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.adjust_brightness(factor)`: 1 changes nothing"""
    factor = _factor(stack, first, count, 256.0, "adjust_brightness() requires a factor between 0 and 256")
    return _with_colors(_image(stack, first), factor, 0.0)


def native_contrast(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`image.adjust_contrast(factor)`: 1 changes nothing"""
    factor = _factor(stack, first, count, 256.0, "adjust_contrast() requires a factor between 0 and 256")
    return _with_colors(_image(stack, first), factor, MIDDLE)


ROWS: Final[list[W_Native]] = [
    W_Native("load_image", 1, 1, ARITY_ANY, native_load),
    W_Native("gif_to_webp", 2, 2, ARITY_ANY, native_gif_to_webp),
]

METHODS: Final[list[W_Native]] = [
    W_Native("save", 2, 2, ARITY_ANY, native_save),
    W_Native("resize", 3, 4, ARITY_ANY, native_resize),
    W_Native("crop", 5, 5, ARITY_ANY, native_crop),
    W_Native("rotate", 2, 2, ARITY_ANY, native_rotate),
    W_Native("flip", 2, 2, ARITY_ANY, native_flip),
    W_Native("to_grayscale", 1, 1, ARITY_ANY, native_grayscale),
    W_Native("blur", 2, 2, ARITY_ANY, native_blur),
    W_Native("adjust_brightness", 2, 2, ARITY_ANY, native_brightness),
    W_Native("adjust_contrast", 2, 2, ARITY_ANY, native_contrast),
]

"""What Ruff uses of libgd."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CDouble, CInt, CUnsigned, CWords, Library
from tracewright.core.foreign_headers import Header

GD: Final = Library(["libgd.so.3"], package="libgd3")
_TYPES: Final = "typedef struct gdImageStruct gdImage; typedef struct gdRect gdRect; typedef int gdInterpolationMethod;"
GD_H: Final = Header("gd.h", GD, types=_TYPES)

BICUBIC: Final = GD_H.constant("GD_BICUBIC", 4)
IMAGE: Final = GD_H.record("gdImage", {"pixels": "unsigned char **", "sx": "int", "sy": "int"}, is_whole=False)
WIDTH: Final = IMAGE.offsets["sx"]
HEIGHT: Final = IMAGE.offsets["sy"]


@GD_H.function("gdImage *gdImageCreateTrueColor(int, int)")
def new_image(width: CInt, height: CInt) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageClone(gdImage *)")
def copied(image: CAddress) -> CAddress:
    raise NotImplementedError


@GD_H.function("void gdImageDestroy(gdImage *)")
def free_image(image: CAddress) -> None:
    raise NotImplementedError


# --- files -----------------------------------------------------------------------------------------------------------
@GD_H.function("gdImage *gdImageCreateFromPngPtr(int, void *)")
def read_png(size: CInt, data: CData) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCreateFromJpegPtr(int, void *)")
def read_jpeg(size: CInt, data: CData) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCreateFromGifPtr(int, void *)")
def read_gif(size: CInt, data: CData) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCreateFromWebpPtr(int, void *)")
def read_webp(size: CInt, data: CData) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCreateFromBmpPtr(int, void *)")
def read_bmp(size: CInt, data: CData) -> CAddress:
    raise NotImplementedError


@GD_H.function("void *gdImagePngPtr(gdImage *, int *)")
def write_png(image: CAddress, size: CWords) -> CAddress:
    raise NotImplementedError


@GD_H.function("void *gdImageJpegPtr(gdImage *, int *, int)")
def write_jpeg(image: CAddress, size: CWords, quality: CInt) -> CAddress:
    raise NotImplementedError


@GD_H.function("void *gdImageGifPtr(gdImage *, int *)")
def write_gif(image: CAddress, size: CWords) -> CAddress:
    raise NotImplementedError


@GD_H.function("void *gdImageWebpPtr(gdImage *, int *)")
def write_webp(image: CAddress, size: CWords) -> CAddress:
    raise NotImplementedError


@GD_H.function("void *gdImageBmpPtr(gdImage *, int *, int)")
def write_bmp(image: CAddress, size: CWords, is_compressed: CInt) -> CAddress:
    raise NotImplementedError


@GD_H.function("void gdFree(void *)")
def free_data(data: CAddress) -> None:
    raise NotImplementedError


# --- pixels ----------------------------------------------------------------------------------------------------------
@GD_H.function("int gdImagePaletteToTrueColor(gdImage *)")
def use_true_colors(image: CAddress) -> CInt:
    raise NotImplementedError


@GD_H.function("void gdImageSaveAlpha(gdImage *, int)")
def save_alpha(image: CAddress, saves: CInt) -> None:
    raise NotImplementedError


@GD_H.function("void gdImageAlphaBlending(gdImage *, int)")
def blend(image: CAddress, blends: CInt) -> None:
    raise NotImplementedError


@GD_H.function("int gdImageGetTrueColorPixel(gdImage *, int, int)")
def pixel(image: CAddress, x: CInt, y: CInt) -> CInt:
    raise NotImplementedError


@GD_H.function("void gdImageSetPixel(gdImage *, int, int, int)")
def set_pixel(image: CAddress, x: CInt, y: CInt, color: CInt) -> None:
    raise NotImplementedError


@GD_H.function("int gdImageSetInterpolationMethod(gdImage *, gdInterpolationMethod)")
def set_interpolation(image: CAddress, method: CInt) -> CInt:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageScale(gdImage *const, const unsigned int, const unsigned int)")
def scaled(image: CAddress, width: CUnsigned, height: CUnsigned) -> CAddress:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCrop(gdImage *, const gdRect *)")
def cropped(image: CAddress, part: CAddress) -> CAddress:
    raise NotImplementedError


@GD_H.function("void gdImageFlipHorizontal(gdImage *)")
def flip_horizontally(image: CAddress) -> None:
    raise NotImplementedError


@GD_H.function("void gdImageFlipVertical(gdImage *)")
def flip_vertically(image: CAddress) -> None:
    raise NotImplementedError


@GD_H.function("int gdImageGrayScale(gdImage *)")
def make_gray(image: CAddress) -> CInt:
    raise NotImplementedError


@GD_H.function("gdImage *gdImageCopyGaussianBlurred(gdImage *, int, double)")
def blurred(image: CAddress, radius: CInt, sigma: CDouble) -> CAddress:
    raise NotImplementedError
